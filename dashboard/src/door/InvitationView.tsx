import { useState } from 'react';
import type { Schemas } from '../api/client';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Input } from '../ui/Field';
import { Form, Submit, text } from '../ui/Form';
import { day, until } from '../words/format';
import { has, say } from '../words/say';
import { told } from '../words/trouble';
import { Card, Sentence } from './Card';
import { ToSignIn } from './ToSignIn';

export type Face = Schemas['InvitationFace'];

interface Props {
  invitation: Face;
  // host is under whose name the page stands.
  host: string;
  accept: (name: string) => Promise<unknown>;
  decline: () => Promise<unknown>;
  // refused says what hinders, or leaves it to the form.
  refused: (error: unknown) => string | false;
}

// InvitationView is an invitation, with what to answer.
export function InvitationView({ invitation, host: name, accept, decline, refused }: Props) {
  const [declining, setDeclining] = useState(false);
  const { inviter, kind } = {
    inviter: invitation.invitedBy.name,
    kind: invitation.organization ? ('invitation' as const) : ('staff' as const),
  };
  return (
    <Card title={inviter ? say(`${kind}.by`, { inviter, name }) : say(`${kind}.to`, { name })}>
      <Form send={(form) => accept(text(form, 'name'))} refused={refused} check={faultOf}>
        <Facts {...invitation} />
        <Input label={say('yourName')} name="name" defaultValue={invitation.name} autoComplete="name" />
        <Submit wide label={say('accept')}>
          <Button kind="quiet" wide onClick={() => setDeclining(true)}>
            {say('decline')}
          </Button>
        </Submit>
      </Form>
      {declining && (
        // It is asked again, as a link that is declined is dead for good.
        <Dialog title={say('decline.title')} onClose={() => setDeclining(false)}>
          <Form send={decline} refused={refused}>
            <p>{inviter ? say('decline.seenBy', { inviter }) : say('decline.seen')}</p>
            <Submit label={say('decline.sure')} kind="danger">
              <Button onClick={() => setDeclining(false)}>{say('decline.back')}</Button>
            </Submit>
          </Form>
        </Dialog>
      )}
    </Card>
  );
}

const longest = 120;
const unseen = /\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;

function faultOf(form: FormData): Record<string, string> {
  const name = text(form, 'name');
  return [...name].length > longest || unseen.test(name) ? { name: say('yourName.fault') } : {};
}

function Facts({ email, role, expiresAt }: Face) {
  const expires = new Date(expiresAt);
  const may = `may.${role}` as const;
  return (
    <dl className="border-t text-[15px]">
      <Fact term={say('email')}>{email}</Fact>
      <Fact term={say('role')} more={has(may) ? say(may) : undefined}>
        {say(`role.${role}`)}
      </Fact>
      <Fact term={say('valid')} more={say('valid.left', { left: until(expires) })}>
        {say('valid.until', { day: day(expires) })}
      </Fact>
    </dl>
  );
}

const Fact = ({ term, more, children }: { term: string; more?: string; children: string }) => (
  <div className="grid grid-cols-[minmax(84px,max-content)_1fr] gap-x-4 border-b py-2.5">
    <dt className="text-dim">{term}</dt>
    <dd>{children}</dd>
    {more && <dd className="col-start-2 text-sm text-dim">{more}</dd>}
  </div>
);

// RefusedView shows why there is nothing to accept.
export function RefusedView({ refusal, again }: { refusal: unknown; again: () => void }) {
  const trouble = told(refusal, 'invitation');
  return (
    <Card title={trouble.title}>
      <Sentence>{trouble.sentence}</Sentence>
      {trouble.code === 'accepted' && <ToSignIn />}
      {!trouble.dead && (
        <Button kind="strong" wide onClick={again}>
          {say('again')}
        </Button>
      )}
    </Card>
  );
}

// DeclinedView is what is left of an invitation that was declined.
export const DeclinedView = () => (
  <Card title={say('declined.title')}>
    <p>{say('declined.text')}</p>
  </Card>
);

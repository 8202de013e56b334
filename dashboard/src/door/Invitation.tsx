import { Link, useNavigate, useRouter } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { open as openly, type Schemas } from '../api/client';
import { isRefusal } from '../api/refusal';
import * as session from '../api/session';
import { useFace, wear, wearHost } from '../brand/face';
import { Button, buttonLook } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Input } from '../ui/Field';
import { Form, Submit, text } from '../ui/Form';
import { day, until } from '../words/format';
import { has, say, speak } from '../words/say';
import { told } from '../words/trouble';
import { Card, Sentence, Waiting } from './Card';
import { useFragment } from './fragment';

type Face = Schemas['InvitationFace'];
type Stage = 'waiting' | 'declined' | { invitation: Face } | { refusal: unknown };

// Invitation is the page that an invitation's button opens: who invites to what,
// and whether one accepts. Looking changes nothing; only a press of a button does.
export function Invitation() {
  const token = useFragment();
  return token ? <Invited key={token} token={token} /> : <Unlinked />;
}

function Invited({ token }: { token: string }) {
  const [stage, setStage] = useState<Stage>('waiting');
  const look = useCallback(() => view(token).then(setStage), [token]);
  useEffect(() => void look(), [look]);
  if (stage === 'waiting') return <Waiting />;
  if (stage === 'declined') {
    return (
      <Card title={say('declined.title')}>
        <p>{say('declined.text')}</p>
      </Card>
    );
  }
  if ('refusal' in stage) return <Refused refusal={stage.refusal} again={look} />;
  return <Offer token={token} invitation={stage.invitation} onEnd={setStage} />;
}

// view looks at the invitation, and puts on whose it is.
async function view(token: string): Promise<Stage> {
  try {
    const { data } = await openly.GET('/v1/invitations/{token}', { params: { path: { token } } });
    if (!data) throw new Error('an invitation without content');
    await speak(data.language);
    const host = data.organization ?? data.workspace;
    if (host) wear({ name: host.name, logoUrl: host.logoUrl, ...host.brand });
    return { invitation: data };
  } catch (refusal) {
    await wearHost();
    return { refusal };
  }
}

function Unlinked() {
  useEffect(() => void wearHost(), []);
  return (
    <Card title={say('unlinked.title')}>
      <Sentence>{say('unlinked.text')}</Sentence>
      <ToSignIn />
    </Card>
  );
}

const ToSignIn = () => (
  <Link to="/sign-in" className={buttonLook({ kind: 'strong', wide: true })}>
    {say('signIn')}
  </Link>
);

// Offer shows the invitation, with what to answer.
function Offer({ token, invitation, onEnd }: { token: string; invitation: Face; onEnd: (stage: Stage) => void }) {
  const [declining, setDeclining] = useState(false);
  const { name } = useFace();
  const navigate = useNavigate();
  const router = useRouter();
  const path = { token };

  async function accept(form: FormData) {
    const { data } = await openly.POST('/v1/invitations/{token}/accept', {
      params: { path },
      body: { name: text(form, 'name') || undefined },
    });
    if (data) session.keep(data);
    await router.invalidate();
    await navigate({ to: '/', replace: true });
  }

  async function decline() {
    await openly.POST('/v1/invitations/{token}/decline', { params: { path } });
    onEnd('declined');
  }

  // What hinders is said in place, so that what was typed stays, unless the link has died meanwhile.
  function refused(error: unknown) {
    if (isRefusal(error) && error.errors.some(({ location }) => location === 'body.name')) return false;
    const trouble = told(error, 'invitation');
    if (trouble.dead) onEnd({ refusal: error });
    return trouble.sentence;
  }

  const { inviter, kind } = {
    inviter: invitation.invitedBy.name,
    kind: invitation.organization ? ('invitation' as const) : ('staff' as const),
  };
  return (
    <Card title={inviter ? say(`${kind}.by`, { inviter, name }) : say(`${kind}.to`, { name })}>
      <Form send={accept} refused={refused} check={faultOf}>
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

// Refused shows why there is nothing to accept.
function Refused({ refusal, again }: { refusal: unknown; again: () => void }) {
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

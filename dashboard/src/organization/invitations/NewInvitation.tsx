import { type ReactNode, useRef, useState } from 'react';
import { lacksAgents } from '../../access/AgentsField';
import type { Schemas } from '../../api/client';
import { isAddress } from '../../ui/address';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { CopyButton } from '../../ui/CopyButton';
import { Dialog } from '../../ui/Dialog';
import { Input, TextArea } from '../../ui/Field';
import { type Faults, Form, Submit, text } from '../../ui/Form';
import { say } from '../../words/say';
import type { Choices } from '../users/choices';
import { newcomer } from '../users/NewUser';
import { PersonFields } from '../users/PersonFields';
import { addressesIn, type Draft } from './invitations';

type Outcome = Schemas['InvitationOutcome'];

const most = 50;
const days = { least: 1, usual: 7, most: 30 };

interface Props {
  choices: Choices;
  // invite invites, and tells how it went with each.
  invite: (emails: string[], draft: Draft) => Promise<Outcome[]>;
  // invited is called when all were sent a mail.
  invited: (n: number) => void;
  // preview shows the mail of a draft.
  preview: (draft: Draft) => ReactNode;
  // linkOf is the link of an invitation that was not mailed.
  linkOf: (invitation: string) => string | undefined;
  onClose: () => void;
}

// NewInvitation invites one or several, by mail or by a link to hand over, and
// shows the mail beforehand.
export function NewInvitation({ choices, invite, invited, preview, linkOf, onClose }: Props) {
  const [person, setPerson] = useState(newcomer);
  const [note, setNote] = useState('');
  const [name, setName] = useState('');
  const [emails, setEmails] = useState('');
  const [mailed, setMailed] = useState(true);
  const [previewing, setPreviewing] = useState(false);
  const [outcomes, setOutcomes] = useState<Outcome[]>();
  const expires = useRef(days.usual);
  const addresses = addressesIn(emails);

  const draft = (): Draft => ({
    ...person,
    language: person.language || undefined,
    name: addresses.length === 1 ? name.trim() || undefined : undefined,
    note: note.trim() || undefined,
    sendEmail: mailed,
    expiresInDays: expires.current,
  });

  async function send(form: FormData) {
    expires.current = Number(text(form, 'expiresInDays')) || days.usual;
    const answers = await invite(addresses, draft());
    const failed = answers.filter(({ invitation }) => !invitation);
    if (mailed && failed.length === 0) return invited(answers.length);
    setEmails(failed.map(({ email }) => email).join('\n'));
    setOutcomes(answers);
  }

  if (outcomes) return <Outcomes outcomes={outcomes} linkOf={linkOf} onAgain={() => setOutcomes(undefined)} onClose={onClose} />;
  return (
    <Dialog wide title={say('invite')} onClose={onClose}>
      <Form send={send} check={(form) => ({ ...faultsOf(form, addresses), ...lacksAgents(person.agents) })}>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextArea
            label={say('invite.emails')}
            name="email"
            rows={2}
            hint={say('invite.emails.hint')}
            value={emails}
            onValueChange={setEmails}
            autoFocus
          />
          {addresses.length <= 1 && (
            <Input label={say('invite.name')} name="name" autoComplete="off" value={name} onValueChange={setName} />
          )}
        </div>
        <PersonFields value={person} set={(change) => setPerson((now) => ({ ...now, ...change }))} choices={choices} />
        <TextArea label={say('invite.note')} name="note" rows={2} hint={say('invite.note.hint')} value={note} onValueChange={setNote} />
        <Input label={say('invite.days')} name="expiresInDays" type="numeric" defaultValue={String(days.usual)} />
        <Check label={say('invite.byMail')} hint={say('invite.byMail.hint')} checked={mailed} onChange={setMailed} />
        {previewing && preview({ ...draft(), email: addresses[0] ?? 'ann@example.com', name: name.trim() || undefined })}
        <Submit label={mailed ? say('invite.send') : say('invite.link')}>
          <Button onClick={onClose}>{say('cancel')}</Button>
          <Button aria-expanded={previewing} onClick={() => setPreviewing(!previewing)}>
            {previewing ? say('preview.hide') : say('preview.mail')}
          </Button>
        </Submit>
      </Form>
    </Dialog>
  );
}

function faultsOf(form: FormData, addresses: string[]): Faults {
  const wrong = addresses.find((address) => !isAddress(address));
  const expires = Number(text(form, 'expiresInDays'));
  return {
    ...(addresses.length === 0 && { email: say('email.fault') }),
    ...(wrong && { email: say('invite.emails.fault', { email: wrong }) }),
    ...(addresses.length > most && { email: say('invite.emails.many', { n: most }) }),
    ...(!(expires >= days.least && expires <= days.most) && { expiresInDays: say('invite.days.fault') }),
  };
}

// Outcomes tells how it went with each, and has the links of those not mailed.
function Outcomes({
  outcomes,
  linkOf,
  onAgain,
  onClose,
}: Pick<Props, 'linkOf' | 'onClose'> & { outcomes: Outcome[]; onAgain: () => void }) {
  const failed = outcomes.filter(({ invitation }) => !invitation).length;
  return (
    <Dialog title={failed > 0 ? say('invite.some', { n: failed }) : say('invite.links')} onClose={onClose}>
      {failed < outcomes.length && outcomes.some(({ invitation }) => invitation && linkOf(invitation.id)) && (
        <p className="mb-3 text-dim">{say('invite.links.text')}</p>
      )}
      <ul className="divide-y rounded-xl border">
        {outcomes.map(({ email, invitation, problem }) => {
          const link = invitation && linkOf(invitation.id);
          return (
            <li key={email} className="flex items-center gap-2 px-3 py-2">
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{email}</span>
                {link && <code className="block truncate text-[13px] text-dim">{link}</code>}
                {problem && <span className="block text-[13px] text-bad">{problem.errors?.[0]?.message ?? problem.detail}</span>}
                {!link && !problem && <span className="block text-[13px] text-good">{say('invite.sent')}</span>}
              </span>
              {link && <CopyButton text={link} label={say('invitation.copy', { email })} />}
            </li>
          );
        })}
      </ul>
      <div className="mt-4 flex justify-end gap-2">
        {failed > 0 && <Button onClick={onAgain}>{say('again')}</Button>}
        <Button kind="strong" onClick={onClose}>
          {say('done')}
        </Button>
      </div>
    </Dialog>
  );
}

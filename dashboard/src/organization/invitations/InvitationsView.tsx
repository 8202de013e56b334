import { MailPlus, MailX, Send } from 'lucide-react';
import { Button, IconButton } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { Empty } from '../../ui/Empty';
import type { Answer } from '../../ui/Loaded';
import { Picker } from '../../ui/Picker';
import { SearchField } from '../../ui/SearchField';
import { Status } from '../../ui/Status';
import { type Listed, Table } from '../../ui/Table';
import { Toolbar } from '../../ui/Toolbar';
import { ago, day, until } from '../../words/format';
import { language, say } from '../../words/say';
import type { Invitation } from './invitations';
import { type InvitationsSearch, states } from './search';

interface Props {
  search: InvitationsSearch;
  change: (next: InvitationsSearch, replace?: boolean) => void;
  answer: Answer<Listed<Invitation>>;
  readOnly: boolean;
  // linkOf is the link of an invitation that was not mailed, while it is known.
  linkOf: (invitation: string) => string | undefined;
  onCreate: () => void;
  onResend: (invitation: Invitation) => void;
  onRevoke: (invitation: Invitation) => void;
}

export function InvitationsView(props: Props) {
  const { search, change, answer, readOnly, linkOf, onCreate, onResend, onRevoke } = props;
  return (
    <>
      <Toolbar>
        <SearchField
          slash
          label={say('invitations.search')}
          value={search.email ?? ''}
          onSearch={(email) => change({ email: email || undefined, cursor: undefined })}
        />
        <Picker
          label={say('status')}
          value={search.state ?? ''}
          options={[['', say('status')], ...states.map((state) => [state, say(`status.${state}`)] as const)]}
          onPick={(value) => change({ state: states.find((state) => state === value), cursor: undefined })}
        />
        {!readOnly && (
          <Button kind="strong" icon={<MailPlus aria-hidden="true" className="size-4" />} onClick={onCreate}>
            {say('invite')}
          </Button>
        )}
      </Toolbar>
      <Table
        label={say('invitations')}
        answer={answer}
        keyOf={({ id }) => id}
        cursor={search.cursor}
        turn={(cursor) => change({ cursor }, false)}
        filtered={Boolean(search.email || search.state)}
        empty={
          <Empty icon={<MailPlus className="size-5" />} title={say('invitations.none')}>
            <p>{say('invitations.none.text')}</p>
            {!readOnly && (
              <Button kind="strong" onClick={onCreate}>
                {say('invite')}
              </Button>
            )}
          </Empty>
        }
        columns={[
          {
            title: say('email'),
            cell: ({ email, name, role }) => (
              <div className="min-w-0">
                <div className="font-medium max-sm:truncate">{email}</div>
                <div dir="auto" className="text-[13px] text-dim">
                  {[name, say(`role.${role}`)].filter(Boolean).join(' · ')}
                </div>
              </div>
            ),
          },
          {
            title: say('status'),
            cell: (invitation) => (
              <div>
                <Status of={invitation.state} />
                <div className="mt-0.5 text-[13px] text-dim">{lifeOf(invitation)}</div>
              </div>
            ),
          },
          { title: say('delivery'), wraps: true, cell: (invitation) => <Delivery {...invitation} /> },
          {
            title: say('invitedBy'),
            quiet: true,
            wraps: true,
            cell: ({ invitedBy, createdAt }) => <span className="text-dim">{`${invitedBy.name}, ${ago(new Date(createdAt))}`}</span>,
          },
          {
            title: say('actions'),
            actions: 2,
            cell: (invitation) => {
              const link = linkOf(invitation.id);
              return (
                invitation.state === 'pending' &&
                !readOnly && (
                  <>
                    {link && <CopyButton text={link} label={say('invitation.copy', { email: invitation.email })} />}
                    <IconButton label={say('invitation.resend', { email: invitation.email })} onClick={() => onResend(invitation)}>
                      <Send aria-hidden="true" className="size-4" />
                    </IconButton>
                    <IconButton label={say('invitation.revoke.of', { email: invitation.email })} onClick={() => onRevoke(invitation)}>
                      <MailX aria-hidden="true" className="size-4" />
                    </IconButton>
                  </>
                )
              );
            },
          },
        ]}
      />
    </>
  );
}

const lifeOf = ({ state, expiresAt, updatedAt }: Invitation) =>
  state === 'pending'
    ? say('valid.left', { left: until(new Date(expiresAt)) })
    : day(new Date(state === 'expired' ? expiresAt : updatedAt));

// Delivery is whether the mail came through, and if not, why, in plain words: the
// API's, which are English, or else ours.
function Delivery({ delivery, sentCount, state }: Invitation) {
  if (!delivery.state) return <span className="text-dim">{state === 'pending' ? say('delivery.byLink') : '—'}</span>;
  const { state: stands } = delivery;
  return (
    <div className="max-w-72">
      <Status of={stands} />
      {sentCount > 1 && <span className="ms-2 text-[13px] text-dim">{say('delivery.times', { n: sentCount })}</span>}
      <div className="mt-0.5 text-[13px] text-dim">{(language() === 'en' && delivery.reason) || say(`delivery.${stands}`)}</div>
    </div>
  );
}

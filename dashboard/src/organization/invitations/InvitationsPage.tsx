import { getRouteApi } from '@tanstack/react-router';
import { MailPlus, MailX, Send } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../ui/Button';
import { Confirm } from '../../ui/Confirm';
import { CopyButton } from '../../ui/CopyButton';
import { Empty } from '../../ui/Empty';
import { later } from '../../ui/later';
import { Picker } from '../../ui/Picker';
import { SearchField } from '../../ui/SearchField';
import { Status } from '../../ui/Status';
import { Table } from '../../ui/Table';
import { toast } from '../../ui/toast';
import { ago, day, until } from '../../words/format';
import { say } from '../../words/say';
import { sentence } from '../../words/trouble';
import { useOrganizationId, useReadOnly } from '../organization';
import { type Invitation, linkOf, resend, revoke, useInvitations } from './invitations';
import { type InvitationsSearch, states } from './search';

const NewInvitation = later(async () => (await import('./NewInvitation')).NewInvitation);

const route = getRouteApi('/in/organizations/$org/invitations');

// InvitationsPage is who was invited, how that stands, and whether the mail came through.
export function InvitationsPage() {
  const o = useOrganizationId();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const readOnly = useReadOnly();
  const { data, isPending, error, refetch } = useInvitations(o, search);
  const [revoking, setRevoking] = useState<Invitation>();
  const change = (next: InvitationsSearch, replace = true) => void navigate({ search: (now) => ({ ...now, ...next }), replace });
  const create = () => change({ new: true }, false);

  async function again(invitation: Invitation) {
    try {
      await resend(o, invitation.id);
      toast({ title: say('invitation.resent', { email: invitation.email }) });
    } catch (error) {
      toast({ title: sentence(error), bad: true });
    }
  }

  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-2">
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
          <Button kind="strong" icon={<MailPlus aria-hidden="true" className="size-4" />} onClick={create}>
            {say('invite')}
          </Button>
        )}
      </div>
      <Table
        label={say('invitations')}
        rows={data?.items}
        keyOf={({ id }) => id}
        loading={isPending}
        error={error}
        again={refetch}
        first={search.cursor ? () => change({ cursor: undefined }, false) : undefined}
        next={data?.nextCursor ? () => change({ cursor: data.nextCursor ?? undefined }, false) : undefined}
        empty={
          search.email || search.state ? (
            <Empty title={say('nothing.found')} />
          ) : (
            <Empty icon={<MailPlus className="size-5" />} title={say('invitations.none')}>
              <p>{say('invitations.none.text')}</p>
              {!readOnly && (
                <Button kind="strong" onClick={create}>
                  {say('invite')}
                </Button>
              )}
            </Empty>
          )
        }
        columns={[
          {
            title: say('email'),
            cell: ({ email, name, role }) => (
              <div className="min-w-0">
                <div className="font-medium">{email}</div>
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
            actions: true,
            cell: (invitation) => {
              const link = linkOf(invitation.id);
              return (
                invitation.state === 'pending' &&
                !readOnly && (
                  <>
                    {link && <CopyButton text={link} label={say('invitation.copy', { email: invitation.email })} />}
                    <IconButton label={say('invitation.resend', { email: invitation.email })} onClick={() => again(invitation)}>
                      <Send aria-hidden="true" className="size-4" />
                    </IconButton>
                    <IconButton label={say('invitation.revoke.of', { email: invitation.email })} onClick={() => setRevoking(invitation)}>
                      <MailX aria-hidden="true" className="size-4" />
                    </IconButton>
                  </>
                )
              );
            },
          },
        ]}
      />
      {revoking && (
        <Confirm
          title={say('invitation.revoke.of', { email: revoking.email })}
          consequences={[say('invitation.revoke.link'), say('invitation.revoke.again')]}
          action={say('invitation.revoke')}
          send={async () => {
            await revoke(o, revoking.id);
            toast({ title: say('invitation.revoked', { email: revoking.email }) });
          }}
          onClose={() => setRevoking(undefined)}
        />
      )}
      {search.new && !readOnly && <NewInvitation onClose={() => change({ new: undefined })} />}
    </>
  );
}

const lifeOf = ({ state, expiresAt, updatedAt }: Invitation) =>
  state === 'pending'
    ? say('valid.left', { left: until(new Date(expiresAt)) })
    : day(new Date(state === 'expired' ? expiresAt : updatedAt));

// Delivery is whether the mail came through, and if not, why, in plain words.
function Delivery({ delivery, sentCount, state }: Invitation) {
  if (!delivery.state) return <span className="text-dim">{state === 'pending' ? say('delivery.byLink') : '—'}</span>;
  const { state: stands } = delivery;
  return (
    <div className="max-w-72">
      <Status of={stands} />
      {sentCount > 1 && <span className="ms-2 text-[13px] text-dim">{say('delivery.times', { n: sentCount })}</span>}
      <div className="mt-0.5 text-[13px] text-dim">{delivery.reason || say(`delivery.${stands}`)}</div>
    </div>
  );
}

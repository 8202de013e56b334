import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useChange } from '../../shell/address';
import { Confirm } from '../../ui/Confirm';
import { later } from '../../ui/later';
import { toast } from '../../ui/toast';
import { say } from '../../words/say';
import { sentence } from '../../words/trouble';
import { useOrganization, useOrganizationId, useReadOnly } from '../organization';
import { useChoices } from '../users/choices';
import { InvitationsView } from './InvitationsView';
import { type Invitation, invite, linkOf, resend, revoke, useInvitations } from './invitations';

const MailPreview = later(async () => (await import('./MailPreview')).MailPreview);
const NewInvitation = later(async () => (await import('./NewInvitation')).NewInvitation);

const route = getRouteApi('/in/organizations/$org/invitations');

// InvitationsPage is who was invited, how that stands, and whether the mail came through.
export function InvitationsPage() {
  const o = useOrganizationId();
  const search = route.useSearch();
  const readOnly = useReadOnly();
  const [revoking, setRevoking] = useState<Invitation>();
  const change = useChange(route.useNavigate());

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
      <InvitationsView
        search={search}
        change={change}
        answer={useInvitations(o, search)}
        readOnly={readOnly}
        linkOf={linkOf}
        onCreate={() => change({ new: true }, false)}
        onResend={again}
        onRevoke={setRevoking}
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
      {search.new && !readOnly && <Inviting onClose={() => change({ new: undefined })} />}
    </>
  );
}

function Inviting({ onClose }: { onClose: () => void }) {
  const { id, language } = useOrganization();
  return (
    <NewInvitation
      choices={useChoices()}
      invite={(emails, draft) => invite(id, emails, draft)}
      invited={(n) => {
        toast({ title: say('invited', { n }) });
        onClose();
      }}
      preview={(draft) => <MailPreview draft={draft} language={draft.language ?? language} />}
      linkOf={linkOf}
      onClose={onClose}
    />
  );
}

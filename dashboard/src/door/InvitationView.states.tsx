import { Refusal } from '../api/refusal';
import type { Entry } from '../catalogue/main';
import { Pressed } from '../catalogue/Pressed';
import { never, nothing, unavailable } from '../catalogue/samples';
import { DeclinedView, type Face, InvitationView, RefusedView } from './InvitationView';

const invitation = {
  email: 'ann@harbour.example',
  name: 'Ann Lee',
  role: 'user',
  expiresAt: '2027-01-01T00:00:00Z',
  invitedBy: { type: 'staff', id: 'stf_1', name: 'Olga Marin' },
  organization: { id: 'org_1', name: 'Harbour' },
} as unknown as Face;
const view = { invitation, host: 'Harbour', accept: never, decline: never, refused: () => false as const };

export default {
  title: 'InvitationView',
  whole: true,
  states: {
    default: () => <InvitationView {...view} />,
    'to the staff': () => (
      <InvitationView {...view} host="Brightside" invitation={{ ...invitation, role: 'admin', organization: undefined } as Face} />
    ),
    saving: () => (
      <Pressed>
        <InvitationView {...view} />
      </Pressed>
    ),
    declined: () => <DeclinedView />,
    expired: () => <RefusedView refusal={new Refusal(410, { code: 'expired' })} again={nothing} />,
    accepted: () => <RefusedView refusal={new Refusal(409, { code: 'accepted' })} again={nothing} />,
    error: () => <RefusedView refusal={unavailable} again={nothing} />,
  },
} satisfies Entry;

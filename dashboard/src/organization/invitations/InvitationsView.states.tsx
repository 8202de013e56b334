import type { Entry } from '../../catalogue/main';
import { invitation, nothing, unavailable } from '../../catalogue/samples';
import { InvitationsView } from './InvitationsView';

const deliveries = ['queued', 'sent', 'delivered', 'deferred', 'bounced', 'complained', 'suppressed', 'failed'] as const;
const states = ['accepted', 'declined', 'revoked', 'expired'] as const;

const view = {
  search: {},
  change: nothing,
  invitations: [invitation('ann@harbour.example')],
  loading: false,
  error: null,
  again: nothing,
  readOnly: false,
  linkOf: () => undefined,
  onCreate: nothing,
  onResend: nothing,
  onRevoke: nothing,
};

const mailed = deliveries.map((state) =>
  invitation(`${state}@harbour.example`, { delivery: { state, reason: state === 'bounced' ? 'The mailbox is full.' : '', at: null } }),
);
const ended = states.map((state) => invitation(`${state}@harbour.example`, { state }));
const byLink = invitation('link@harbour.example', { delivery: { state: '', reason: '', at: null } });

export default {
  title: 'InvitationsView',
  states: {
    default: () => <InvitationsView {...view} nextCursor="next" />,
    'every delivery': () => <InvitationsView {...view} invitations={mailed} />,
    'every end': () => <InvitationsView {...view} invitations={ended} />,
    'by link': () => <InvitationsView {...view} invitations={[byLink]} linkOf={() => 'https://clients.agency.example/invitation#abc'} />,
    empty: () => <InvitationsView {...view} invitations={[]} />,
    'nothing found': () => <InvitationsView {...view} invitations={[]} search={{ email: 'zzz' }} />,
    loading: () => <InvitationsView {...view} invitations={undefined} loading />,
    error: () => <InvitationsView {...view} invitations={undefined} error={unavailable} />,
    'read-only': () => <InvitationsView {...view} readOnly />,
  },
} satisfies Entry;

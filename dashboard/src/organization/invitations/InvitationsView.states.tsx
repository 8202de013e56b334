import type { Entry } from '../../catalogue/main';
import { failed, invitation, listed, nothing, waiting } from '../../catalogue/samples';
import { InvitationsView } from './InvitationsView';

const deliveries = ['queued', 'sent', 'delivered', 'deferred', 'bounced', 'complained', 'suppressed', 'failed'] as const;
const states = ['accepted', 'declined', 'revoked', 'expired'] as const;

const view = {
  search: {},
  change: nothing,
  answer: listed([invitation('ann@harbour.example')]),
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
    default: () => <InvitationsView {...view} answer={listed(view.answer.data.items, 'next')} />,
    'every delivery': () => <InvitationsView {...view} answer={listed(mailed)} />,
    'every end': () => <InvitationsView {...view} answer={listed(ended)} />,
    'by link': () => <InvitationsView {...view} answer={listed([byLink])} linkOf={() => 'https://clients.agency.example/invitation#abc'} />,
    empty: () => <InvitationsView {...view} answer={listed([])} />,
    'nothing found': () => <InvitationsView {...view} answer={listed([])} search={{ email: 'zzz' }} />,
    loading: () => <InvitationsView {...view} answer={waiting} />,
    error: () => <InvitationsView {...view} answer={failed} />,
    'read-only': () => <InvitationsView {...view} readOnly />,
  },
} satisfies Entry;

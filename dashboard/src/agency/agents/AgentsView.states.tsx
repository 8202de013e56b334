import type { Entry } from '../../catalogue/main';
import { agent, failed, listed, nothing, waiting } from '../../catalogue/samples';
import { AgentsView } from './AgentsView';

const view = {
  search: {},
  change: nothing,
  answer: listed([agent('Concierge'), agent('W'.repeat(120), { status: 'paused', organizationCount: 0 })]),
  readOnly: false,
  onCreate: nothing,
  onRemove: nothing,
};

export default {
  title: 'AgentsView',
  states: {
    default: () => <AgentsView {...view} answer={listed(view.answer.data.items, 'next')} />,
    empty: () => <AgentsView {...view} answer={listed([])} />,
    'nothing found': () => <AgentsView {...view} answer={listed([])} search={{ q: 'zzz' }} />,
    loading: () => <AgentsView {...view} answer={waiting} />,
    error: () => <AgentsView {...view} answer={failed} />,
    'read-only': () => <AgentsView {...view} readOnly />,
  },
} satisfies Entry;

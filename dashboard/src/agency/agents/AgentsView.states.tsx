import type { Entry } from '../../catalogue/main';
import { agent, nothing, unavailable } from '../../catalogue/samples';
import { AgentsView } from './AgentsView';

const view = {
  search: {},
  change: nothing,
  agents: [agent('Concierge'), agent('W'.repeat(120), { status: 'paused', organizationCount: 0 })],
  loading: false,
  error: null,
  again: nothing,
  readOnly: false,
  onCreate: nothing,
  onRemove: nothing,
};

export default {
  title: 'AgentsView',
  states: {
    default: () => <AgentsView {...view} nextCursor="next" />,
    empty: () => <AgentsView {...view} agents={[]} />,
    'nothing found': () => <AgentsView {...view} agents={[]} search={{ q: 'zzz' }} />,
    loading: () => <AgentsView {...view} agents={undefined} loading />,
    error: () => <AgentsView {...view} agents={undefined} error={unavailable} />,
    'read-only': () => <AgentsView {...view} readOnly />,
  },
} satisfies Entry;

import type { Entry } from '../../catalogue/main';
import { assigned, nothing, unavailable } from '../../catalogue/samples';
import { AgentsView } from './AgentsView';

const view = {
  organization: 'org_1',
  name: 'Harbour',
  agents: [assigned('Concierge'), assigned('Night desk')],
  loading: false,
  error: null,
  again: nothing,
  staff: true,
  readOnly: false,
  onChange: nothing,
  onRemove: nothing,
};

export default {
  title: 'AgentsView of an organization',
  states: {
    default: () => <AgentsView {...view} more={nothing} />,
    empty: () => <AgentsView {...view} agents={[]} />,
    loading: () => <AgentsView {...view} agents={undefined} loading />,
    error: () => <AgentsView {...view} agents={undefined} error={unavailable} />,
    'read-only': () => <AgentsView {...view} staff={false} readOnly />,
  },
} satisfies Entry;

import type { Entry } from '../../catalogue/main';
import { assigned, failed, listed, nothing, waiting } from '../../catalogue/samples';
import { AgentsView } from './AgentsView';

const view = {
  organization: 'org_1',
  name: 'Harbour',
  answer: listed([assigned('Concierge'), assigned('Night desk')]),
  staff: true,
  readOnly: false,
  onChange: nothing,
  onRemove: nothing,
};

export default {
  title: 'AgentsView of an organization',
  states: {
    default: () => <AgentsView {...view} more={nothing} />,
    empty: () => <AgentsView {...view} answer={listed([])} />,
    loading: () => <AgentsView {...view} answer={waiting} />,
    error: () => <AgentsView {...view} answer={failed} />,
    'read-only': () => <AgentsView {...view} staff={false} readOnly />,
  },
} satisfies Entry;

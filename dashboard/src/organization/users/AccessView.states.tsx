import type { Entry } from '../../catalogue/main';
import { answered, choices, failed, nothing, tabs, waiting } from '../../catalogue/samples';
import { AccessView } from './AccessView';

const sections = {
  home: { ceiling: 'edit', assignment: 'edit', user: 'edit', effective: 'edit', decidedBy: 'user' },
  conversations: { ceiling: 'edit', assignment: 'view', user: 'edit', effective: 'view', decidedBy: 'assignment' },
  prompt: { ceiling: 'none', assignment: 'edit', user: 'edit', effective: 'none', decidedBy: 'ceiling' },
  'tab:reports': { ceiling: 'edit', assignment: 'edit', user: 'none', effective: 'none', decidedBy: 'user' },
} as const;
const view = {
  name: 'Ann Lee',
  agents: choices.agents,
  none: false,
  agent: 'agt_Concierge',
  onAgent: nothing,
  tabs,
  answer: answered({ sections }),
  onClose: nothing,
};

export default {
  title: 'AccessView',
  states: {
    default: () => <AccessView {...view} />,
    empty: () => <AccessView {...view} agents={[]} none />,
    loading: () => <AccessView {...view} answer={waiting} />,
    error: () => <AccessView {...view} answer={failed} />,
  },
} satisfies Entry;

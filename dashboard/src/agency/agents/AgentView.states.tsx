import type { Entry } from '../../catalogue/main';
import { Pressed } from '../../catalogue/Pressed';
import { agent, answered, editing, failed, never, nothing, tabs, waiting } from '../../catalogue/samples';
import { AgentView } from './AgentView';
import { NewAgent } from './NewAgent';

const concierge = agent('Concierge', { tabs: [{ section: 'analytics', url: 'https://figures.example/concierge' }] });
const view = { answer: answered(concierge), tabs, onClose: nothing, ...editing(concierge) };

export default {
  title: 'AgentView',
  states: {
    default: () => <AgentView {...view} />,
    loading: () => <AgentView {...view} answer={waiting} />,
    error: () => <AgentView {...view} answer={failed} />,
    'read-only': () => <AgentView {...view} readOnly />,
    saving: () => (
      <Pressed>
        <AgentView {...view} save={never} />
      </Pressed>
    ),
    new: () => <NewAgent tabs={tabs} create={never} onClose={nothing} />,
  },
} satisfies Entry;

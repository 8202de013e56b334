import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMe, usePrincipal } from '../../api/me';
import { may } from '../../api/rights';
import { toast } from '../../ui/toast';
import { say } from '../../words/say';
import { AgentView } from './AgentView';
import { latestAgent, updateAgent, useAgent } from './agents';

const route = getRouteApi('/in/staff/agents/$agent');

// AgentPage changes an agent, over the list of agents.
export function AgentPage() {
  const { agent: a } = route.useParams();
  const navigate = useNavigate();
  const close = () => void navigate({ to: '/agents', search: true, replace: true });
  return (
    <AgentView
      answer={useAgent(a)}
      tabs={useMe().workspace.customTabs}
      readOnly={!may(usePrincipal(), 'create')}
      save={(edits, version) => updateAgent(a, edits, version)}
      latest={() => latestAgent(a)}
      onSaved={({ name }) => {
        toast({ title: say('saved', { what: name }) });
        close();
      }}
      onClose={close}
    />
  );
}

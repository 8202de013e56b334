import { getRouteApi, Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { useMe, usePrincipal } from '../../api/me';
import { may } from '../../api/rights';
import { useChange } from '../../shell/address';
import { Confirm } from '../../ui/Confirm';
import { later } from '../../ui/later';
import { toast } from '../../ui/toast';
import { say } from '../../words/say';
import { AgentsView } from './AgentsView';
import { type Agent, createAgent, deleteAgent, useAgents } from './agents';

const NewAgent = later(async () => (await import('./NewAgent')).NewAgent);

const route = getRouteApi('/in/staff/agents');

// AgentsPage is the agents that the agency runs.
export function AgentsPage() {
  const search = route.useSearch();
  const readOnly = !may(usePrincipal(), 'create');
  const tabs = useMe().workspace.customTabs;
  const [removing, setRemoving] = useState<Agent>();
  const change = useChange(route.useNavigate());
  return (
    <>
      <AgentsView
        search={search}
        change={change}
        answer={useAgents(search)}
        readOnly={readOnly}
        onCreate={() => change({ new: true }, false)}
        onRemove={setRemoving}
      />
      {removing && (
        <Confirm
          title={say('agent.delete.of', { name: removing.name })}
          consequences={[say('agent.delete.clients', { n: removing.organizationCount }), say('agent.delete.provider')]}
          action={say('agent.delete')}
          send={async () => {
            await deleteAgent(removing.id);
            toast({ title: say('agent.deleted', { name: removing.name }) });
          }}
          onClose={() => setRemoving(undefined)}
        />
      )}
      {search.new && !readOnly && (
        <NewAgent
          tabs={tabs}
          create={async (agent) => {
            await createAgent(agent);
            toast({ title: say('agent.created', { name: agent.name }) });
            change({ new: undefined });
          }}
          onClose={() => change({ new: undefined })}
        />
      )}
      <Outlet />
    </>
  );
}

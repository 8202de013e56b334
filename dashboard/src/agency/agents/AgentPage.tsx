import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { usePrincipal } from '../../api/me';
import { may } from '../../api/rights';
import { Dialog } from '../../ui/Dialog';
import { EditForm, useDraft } from '../../ui/EditForm';
import { Failed } from '../../ui/Empty';
import { toast } from '../../ui/toast';
import { say } from '../../words/say';
import { AgentFields } from './AgentFields';
import { type Agent, latestAgent, updateAgent, useAgent } from './agents';
import { agentFaults } from './NewAgent';

const route = getRouteApi('/in/staff/agents/$agent');

// AgentPage changes an agent, over the list of agents.
export function AgentPage() {
  const { agent: a } = route.useParams();
  const { data, error, refetch } = useAgent(a);
  const navigate = useNavigate();
  const close = () => void navigate({ to: '/agents', search: true });
  return (
    <Dialog wide title={data?.name ?? say('agent')} onClose={close}>
      {data ? (
        <AgentForm key={data.id} agent={data} onSaved={close} />
      ) : error ? (
        <Failed error={error} again={refetch} />
      ) : (
        <div className="ghost h-96" />
      )}
    </Dialog>
  );
}

function AgentForm({ agent, onSaved }: { agent: Agent; onSaved: () => void }) {
  const readOnly = !may(usePrincipal(), 'create');
  const draft = useDraft(agent);
  return (
    <EditForm
      draft={draft}
      readOnly={readOnly}
      check={agentFaults}
      save={(edits, version) => updateAgent(agent.id, edits, version)}
      latest={() => latestAgent(agent.id)}
      onSaved={({ name }) => {
        toast({ title: say('saved', { what: name }) });
        onSaved();
      }}
      named={{
        name: [say('name')],
        description: [say('description')],
        provider: [say('agent.provider')],
        status: [say('status'), (status) => say(`status.${status}`)],
        channels: [say('agent.channels'), (channels) => channels.join(', ')],
        externalId: [say('agent.externalId')],
        avatarUrl: [say('agent.avatar')],
        tabs: [say('agent.tabs'), (tabs) => tabs.map(({ section, url }) => `${section}: ${url}`).join('\n')],
      }}
    >
      <AgentFields value={draft.now} set={draft.set} readOnly={readOnly} />
    </EditForm>
  );
}

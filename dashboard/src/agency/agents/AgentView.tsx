import { Dialog } from '../../ui/Dialog';
import { EditForm, type Editing, useDraft } from '../../ui/EditForm';
import { type Answer, Loaded } from '../../ui/Loaded';
import { say } from '../../words/say';
import { AgentFields, type CustomTabs } from './AgentFields';
import type { Agent } from './agents';
import { agentFaults } from './NewAgent';

interface Props extends Editing<Agent> {
  answer: Answer<Agent>;
  tabs: CustomTabs;
  onClose: () => void;
}

// AgentView is an agent, to be changed.
export const AgentView = ({ answer, onClose, ...form }: Props) => (
  <Dialog wide title={answer.data?.name ?? say('agent')} onClose={onClose}>
    <Loaded answer={answer} outline="h-96" label={say('agent')}>
      {(agent) => <AgentForm key={agent.id} agent={agent} {...form} />}
    </Loaded>
  </Dialog>
);

function AgentForm({ agent, tabs, ...editing }: Editing<Agent> & { agent: Agent; tabs: CustomTabs }) {
  const draft = useDraft(agent);
  return (
    <EditForm {...editing} draft={draft} tabs={tabs} check={agentFaults}>
      <AgentFields value={draft.now} set={draft.set} tabs={tabs} readOnly={editing.readOnly} />
    </EditForm>
  );
}

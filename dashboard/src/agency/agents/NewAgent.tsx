import { useState } from 'react';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { type Faults, Form, Submit, text } from '../../ui/Form';
import { toast } from '../../ui/toast';
import { say } from '../../words/say';
import { AgentFields } from './AgentFields';
import { createAgent } from './agents';

const blank = { name: '', description: '', provider: '', status: 'active' as const, channels: [], avatarUrl: '', externalId: '', tabs: [] };

// given leaves out what was left empty.
const given = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== '' && !(Array.isArray(part) && part.length === 0))) as T;

export const agentFaults = (form: FormData): Faults => (text(form, 'name') ? {} : { name: say('agent.name.fault') });

// NewAgent registers an agent that runs elsewhere.
export function NewAgent({ onClose }: { onClose: () => void }) {
  const [value, setValue] = useState(blank as Parameters<typeof AgentFields>[0]['value']);
  async function send() {
    await createAgent(given(value));
    toast({ title: say('agent.created', { name: value.name }) });
    onClose();
  }
  return (
    <Dialog wide title={say('agent.new')} onClose={onClose}>
      <Form send={send} check={agentFaults}>
        <AgentFields value={value} set={(change) => setValue((now) => ({ ...now, ...change }))} />
        <Submit label={say('agent.create')}>
          <Button onClick={onClose}>{say('cancel')}</Button>
        </Submit>
      </Form>
    </Dialog>
  );
}

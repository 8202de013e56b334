import { useState } from 'react';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { type Faults, Form, Submit, text } from '../../ui/Form';
import { say } from '../../words/say';
import { AgentFields, type CustomTabs } from './AgentFields';
import type { Fields } from './agents';

const blank = { name: '', description: '', provider: '', status: 'active' as const, channels: [], avatarUrl: '', externalId: '', tabs: [] };

// given leaves out what was left empty.
const given = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== '' && !(Array.isArray(part) && part.length === 0))) as T;

export const agentFaults = (form: FormData): Faults => (text(form, 'name') ? {} : { name: say('agent.name.fault') });

interface Props {
  tabs: CustomTabs;
  create: (agent: Fields) => Promise<unknown>;
  onClose: () => void;
}

// NewAgent registers an agent that runs elsewhere.
export function NewAgent({ tabs, create, onClose }: Props) {
  const [value, setValue] = useState(blank as Parameters<typeof AgentFields>[0]['value']);
  return (
    <Dialog wide title={say('agent.new')} onClose={onClose}>
      <Form send={() => create(given(value))} check={agentFaults}>
        <AgentFields begin value={value} set={(change) => setValue((now) => ({ ...now, ...change }))} tabs={tabs} />
        <Submit label={say('agent.create')}>
          <Button onClick={onClose}>{say('cancel')}</Button>
        </Submit>
      </Form>
    </Dialog>
  );
}

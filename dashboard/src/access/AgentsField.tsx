import { Check } from '../ui/Check';
import { say } from '../words/say';

type Reach = 'all' | string[];

interface Props {
  // agents are those of the organization.
  agents: { id: string; name: string }[];
  value: Reach;
  onChange: (value: Reach) => void;
  readOnly?: boolean;
}

// lacksAgents is whether somebody would reach none, which the API takes from nobody.
export const lacksAgents = (value?: Reach): Record<string, string> => (value?.length === 0 ? { agents: say('agents.fault') } : {});

// AgentsField is which agents somebody reaches: all that the client has, or some.
export function AgentsField({ agents, value, onChange, readOnly }: Props) {
  const some = value === 'all' ? [] : value;
  return (
    <fieldset disabled={readOnly}>
      <legend className="mb-1 font-medium">{say('agents')}</legend>
      <Check
        label={say('agents.all')}
        hint={say('agents.all.hint')}
        checked={value === 'all'}
        onChange={(all) => onChange(all ? 'all' : agents.map(({ id }) => id))}
      />
      {value !== 'all' && (
        <div className="ms-6 border-s ps-4">
          {agents.map(({ id, name }) => (
            <Check
              key={id}
              label={<span dir="auto">{name}</span>}
              checked={some.includes(id)}
              onChange={(on) => onChange(on ? [...some, id] : some.filter((other) => other !== id))}
            />
          ))}
          {some.length === 0 && (
            <p role="alert" className="text-bad">
              {say('agents.fault')}
            </p>
          )}
          {agents.length === 0 && <p className="text-dim">{say('client.noAgents.yet')}</p>}
        </div>
      )}
    </fieldset>
  );
}

import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { keysOf } from '../../access/grants';
import { titleOf } from '../../client/sections';
import { Button, IconButton } from '../../ui/Button';
import { Choice, Input, TextArea } from '../../ui/Field';
import { say } from '../../words/say';
import type { Agent } from './agents';
import { statuses } from './search';

export type CustomTabs = { key: string; title: string }[];
type Value = Pick<Agent, 'name' | 'description' | 'provider' | 'status' | 'channels' | 'avatarUrl' | 'externalId' | 'tabs'>;

interface Props {
  value: Value;
  set: (change: Partial<Value>) => void;
  // tabs are the sections that the agency has added.
  tabs: CustomTabs;
  readOnly?: boolean;
  // begin is whether one begins to type at once.
  begin?: boolean;
}

const channelsIn = (typed: string) =>
  typed
    .split(',')
    .map((channel) => channel.trim())
    .filter(Boolean);

const same = (typed: string, channels: string[]) => channelsIn(typed).join() === channels.join();

// AgentFields are what is known of an agent, and which page shows each of its sections.
export function AgentFields({ value, set, tabs, readOnly, begin }: Props) {
  const [channels, setChannels] = useState(value.channels.join(', '));
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Input
          label={say('name')}
          name="name"
          readOnly={readOnly}
          value={value.name}
          autoFocus={begin}
          onValueChange={(name) => set({ name })}
          autoComplete="off"
        />
        <Input
          label={say('agent.provider')}
          name="provider"
          hint={say('agent.provider.hint')}
          readOnly={readOnly}
          value={value.provider}
          onValueChange={(provider) => set({ provider })}
          autoComplete="off"
        />
        <Choice
          label={say('status')}
          name="status"
          disabled={readOnly}
          value={value.status}
          onValueChange={(value) => set({ status: statuses.find((status) => status === value) })}
          options={statuses.map((status) => [status, say(`status.${status}`)])}
        />
        <Input
          label={say('agent.channels')}
          name="channels"
          hint={say('agent.channels.hint')}
          readOnly={readOnly}
          value={same(channels, value.channels) ? channels : value.channels.join(', ')}
          onValueChange={(typed) => {
            setChannels(typed);
            set({ channels: channelsIn(typed) });
          }}
          autoComplete="off"
        />
        <Input
          label={say('agent.externalId')}
          name="externalId"
          hint={say('agent.externalId.hint')}
          readOnly={readOnly}
          value={value.externalId}
          onValueChange={(externalId) => set({ externalId })}
          autoComplete="off"
        />
        <Input
          label={say('agent.avatar')}
          name="avatarUrl"
          type="url"
          placeholder="https://"
          readOnly={readOnly}
          value={value.avatarUrl}
          onValueChange={(avatarUrl) => set({ avatarUrl })}
          autoComplete="off"
        />
      </div>
      <TextArea
        label={say('description')}
        name="description"
        rows={2}
        readOnly={readOnly}
        value={value.description}
        onValueChange={(description) => set({ description })}
      />
      <Tabs value={value.tabs} onChange={(tabs) => set({ tabs })} tabs={tabs} readOnly={readOnly} />
    </>
  );
}

function Tabs({
  value,
  onChange,
  tabs,
  readOnly,
}: Pick<Props, 'tabs' | 'readOnly'> & { value: Agent['tabs']; onChange: (value: Agent['tabs']) => void }) {
  const [added, setAdded] = useState<string>();
  const keys = keysOf(tabs);
  const free = keys.filter((key) => !value.some(({ section }) => section === key));
  const change = (at: number, part: Partial<Agent['tabs'][number]>) =>
    onChange(value.map((tab, i) => (i === at ? { ...tab, ...part } : tab)));
  return (
    <fieldset disabled={readOnly}>
      <legend className="font-medium">{say('agent.tabs')}</legend>
      <p className="mb-2 text-[13px] text-dim">{say('agent.tabs.text')}</p>
      <div className="space-y-2">
        {value.map(({ section, url }, i) => (
          <div key={section} className="flex items-start gap-2">
            <Choice
              className="w-40 flex-none"
              label={say('section')}
              name={`tabs[${i}].section`}
              value={section}
              onValueChange={(next) => change(i, { section: next })}
              options={keys.filter((key) => key === section || free.includes(key)).map((key) => [key, titleOf(key, tabs)] as const)}
            />
            <Input
              className="min-w-0 flex-1"
              label={say('agent.tab.url')}
              name={`tabs[${i}].url`}
              type="url"
              placeholder="https://"
              autoFocus={section === added}
              value={url}
              onValueChange={(next) => change(i, { url: next })}
            />
            {!readOnly && (
              <IconButton
                label={say('agent.tab.remove', { section: titleOf(section, tabs) })}
                className="mt-6"
                onClick={() => onChange(value.filter((_, at) => at !== i))}
              >
                <Trash2 aria-hidden="true" className="size-4" />
              </IconButton>
            )}
          </div>
        ))}
      </div>
      {!readOnly && free[0] && (
        <Button
          className="mt-2"
          icon={<Plus aria-hidden="true" className="size-4" />}
          onClick={() => {
            setAdded(free[0]);
            onChange([...value, { section: free[0] ?? '', url: '' }]);
          }}
        >
          {say('agent.tab.add')}
        </Button>
      )}
    </fieldset>
  );
}

import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { icons } from '../../client/icons';
import { Button, IconButton } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { EditForm } from '../../ui/EditForm';
import { Choice, Input } from '../../ui/Field';
import { Section } from '../../ui/Section';
import { say } from '../../words/say';
import type { Settings } from './useSettings';
import type { Workspace } from './workspace';

type Tabs = Workspace['customTabs'];

// TabsView is the sections that the agency adds to its clients' dashboards.
export function TabsView({ form }: Settings) {
  const { draft, readOnly } = form;
  const { now, set } = draft;
  const tabs = now.customTabs;
  const change = (at: number, part: Partial<Tabs[number]>) =>
    set({ customTabs: tabs.map((tab, i) => (i === at ? { ...tab, ...part } : tab)) });
  function move(at: number, by: number) {
    const moved = [...tabs];
    const [tab] = moved.splice(at, 1);
    if (tab) moved.splice(at + by, 0, tab);
    set({ customTabs: moved });
  }
  return (
    <EditForm {...form}>
      <Section title={say('tabs')} about={say('tabs.text')}>
        {tabs.length === 0 && <p className="text-dim">{say('tabs.none')}</p>}
        {tabs.map((tab, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what names them is what is being typed
          <fieldset key={i} disabled={readOnly} className="rounded-lg border p-3">
            <legend className="sr-only">{tab.title || say('tab.of', { n: i + 1 })}</legend>
            <div className="grid gap-3 sm:grid-cols-2">
              <Input
                label={say('tab.title')}
                name={`customTabs[${i}].title`}
                value={tab.title}
                onValueChange={(title) => change(i, { title })}
              />
              <Input
                label={say('tab.key')}
                name={`customTabs[${i}].key`}
                hint={say('tab.key.hint')}
                value={tab.key}
                onValueChange={(key) => change(i, { key })}
              />
              <Input
                label={say('tab.url')}
                name={`customTabs[${i}].url`}
                type="url"
                placeholder="https://"
                value={tab.url}
                onValueChange={(url) => change(i, { url })}
              />
              <Choice
                label={say('tab.icon')}
                name={`customTabs[${i}].icon`}
                value={tab.icon ?? ''}
                onValueChange={(icon) => change(i, { icon })}
                options={iconsFor(tab.icon)}
              />
              <Check
                label={say('tab.always')}
                hint={say('tab.always.hint')}
                checked={tab.alwaysVisible ?? false}
                onChange={(alwaysVisible) => change(i, { alwaysVisible })}
              />
            </div>
            {!readOnly && (
              <div className="mt-1 flex justify-end">
                <IconButton label={say('tab.up', { title: tab.title })} disabled={i === 0} onClick={() => move(i, -1)}>
                  <ArrowUp aria-hidden="true" className="size-4" />
                </IconButton>
                <IconButton label={say('tab.down', { title: tab.title })} disabled={i === tabs.length - 1} onClick={() => move(i, 1)}>
                  <ArrowDown aria-hidden="true" className="size-4" />
                </IconButton>
                <IconButton
                  label={say('tab.remove', { title: tab.title })}
                  onClick={() => set({ customTabs: tabs.filter((_, at) => at !== i) })}
                >
                  <Trash2 aria-hidden="true" className="size-4" />
                </IconButton>
              </div>
            )}
          </fieldset>
        ))}
        {!readOnly && (
          <Button
            icon={<Plus aria-hidden="true" className="size-4" />}
            onClick={() => set({ customTabs: [...tabs, { key: '', title: '', url: '' }] })}
          >
            {say('tab.add')}
          </Button>
        )}
      </Section>
    </EditForm>
  );
}

// iconsFor are the icons to choose from; one that is set by its name, and not known here, stays.
const iconsFor = (set = ''): [string, string][] => [
  ['', say('icon.none')],
  ...icons.map((icon): [string, string] => [icon, say(`icon.${icon}`)]),
  ...(set === '' || icons.some((icon) => icon === set) ? [] : [[set, set] satisfies [string, string]]),
];

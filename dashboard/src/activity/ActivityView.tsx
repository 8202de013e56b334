import { Download, History, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/Button';
import { DayField } from '../ui/DayField';
import { download } from '../ui/download';
import { Empty, NothingFound } from '../ui/Empty';
import { type Answer, Loaded } from '../ui/Loaded';
import { Menu, MenuItem } from '../ui/Menu';
import { Picker } from '../ui/Picker';
import type { Listed } from '../ui/Table';
import { Turning } from '../ui/Turning';
import { toast } from '../ui/toast';
import type { Tab } from '../words/fields';
import { say, wordsFor } from '../words/say';
import { sentence } from '../words/trouble';
import { ActivityEntry } from './ActivityEntry';
import type { Item } from './activity';
import type { ActivitySearch } from './search';

interface Props {
  answer: Answer<Listed<Item>>;
  // exported makes a file of it.
  exported: (format: 'csv' | 'jsonl') => Promise<Blob>;
  actions: readonly string[];
  // tabs are the agency's own, which grants may be for.
  tabs: Tab[];
  search: ActivitySearch;
  change: (next: ActivitySearch, replace?: boolean) => void;
}

// ActivityView is what was done, newest first: by whom, to what, and what changed.
export function ActivityView({ answer, exported, actions, tabs, search, change }: Props) {
  const [exporting, setExporting] = useState(false);
  const filtered = Boolean(search.action || search.from || search.to || search.actor || search.target);

  async function save(format: 'csv' | 'jsonl') {
    setExporting(true);
    try {
      download(await exported(format), `activity.${format}`);
    } catch (error) {
      toast({ title: sentence(error), bad: true });
    } finally {
      setExporting(false);
    }
  }

  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <Picker
          label={say('activity.action')}
          value={search.action ?? ''}
          options={[['', say('activity.all')], ...actions.map((action) => [action, wordsFor(`action.${action}`) ?? action] as const)]}
          onPick={(action) => change({ action: action || undefined, cursor: undefined })}
        />
        {(['from', 'to'] as const).map((end) => (
          <DayField
            key={end}
            label={say(`activity.${end}`)}
            value={search[end]}
            onPick={(day) => change({ [end]: day, cursor: undefined })}
          />
        ))}
        {filtered && (
          <Button
            icon={<X aria-hidden="true" className="size-4" />}
            onClick={() =>
              change({ action: undefined, from: undefined, to: undefined, actor: undefined, target: undefined, cursor: undefined })
            }
          >
            {say('filter.clear')}
          </Button>
        )}
        <span className="flex-1" />
        <Menu
          trigger={
            <Button busy={exporting} icon={<Download aria-hidden="true" className="size-4" />}>
              {say('export')}
            </Button>
          }
        >
          <MenuItem onClick={() => save('csv')}>{say('export.csv')}</MenuItem>
          <MenuItem onClick={() => save('jsonl')}>{say('export.jsonl')}</MenuItem>
        </Menu>
      </div>
      <Loaded answer={answer} outline="h-48" label={say('activity')}>
        {({ items, nextCursor }) => (
          <>
            {items.length === 0 ? (
              filtered ? (
                <NothingFound />
              ) : (
                <Empty icon={<History className="size-5" />} title={say('activity.none')} />
              )
            ) : (
              <ol aria-label={say('activity')} className="divide-y rounded-xl border bg-card">
                {items.map((item) => (
                  <li key={item.id} className="px-4 py-3">
                    <ActivityEntry item={item} tabs={tabs} only={(filter) => change({ ...filter, cursor: undefined })} />
                  </li>
                ))}
              </ol>
            )}
            <Turning cursor={search.cursor} nextCursor={nextCursor} turn={(cursor) => change({ cursor }, false)} next={say('page.older')} />
          </>
        )}
      </Loaded>
    </>
  );
}

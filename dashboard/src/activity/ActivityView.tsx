import { Download, History, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/Button';
import { download } from '../ui/download';
import { Empty, Failed } from '../ui/Empty';
import { Menu, MenuItem } from '../ui/Menu';
import { Picker } from '../ui/Picker';
import { toast } from '../ui/toast';
import { ago, moment } from '../words/format';
import { say } from '../words/say';
import { sentence } from '../words/trouble';
import { actionName, type Item } from './activity';
import type { ActivitySearch } from './search';

interface Props {
  items?: Item[];
  nextCursor?: string | null;
  loading: boolean;
  error: unknown;
  again: () => void;
  // exported makes a file of it.
  exported: (format: 'csv' | 'jsonl') => Promise<Blob>;
  actions: readonly string[];
  search: ActivitySearch;
  change: (next: ActivitySearch, replace?: boolean) => void;
}

// ActivityView is what was done, newest first: by whom, to what, and what changed.
export function ActivityView({ items, nextCursor, loading, error, again, exported, actions, search, change }: Props) {
  const [exporting, setExporting] = useState(false);
  const filtered = search.actor || search.target;

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
          options={[['', say('activity.all')], ...actions.map((action) => [action, actionName(action)] as const)]}
          onPick={(action) => change({ action: action || undefined, cursor: undefined })}
        />
        {(['from', 'to'] as const).map((end) => (
          <label key={end} className="flex items-center gap-2 text-dim">
            {say(`activity.${end}`)}
            <input
              type="date"
              value={search[end] ?? ''}
              onChange={(event) => change({ [end]: event.target.value || undefined, cursor: undefined })}
              className="control rounded-lg border bg-card px-2 text-ink"
            />
          </label>
        ))}
        {filtered && (
          <Button
            icon={<X aria-hidden="true" className="size-4" />}
            onClick={() => change({ actor: undefined, target: undefined, cursor: undefined })}
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
      {error && !items ? (
        <Failed error={error} again={again} />
      ) : loading ? (
        <div className="space-y-2" role="status" aria-busy="true" aria-label={say('activity')}>
          <div className="ghost h-14" />
          <div className="ghost h-14" />
          <div className="ghost h-14" />
        </div>
      ) : items?.length === 0 ? (
        <Empty icon={<History className="size-5" />} title={say('activity.none')} />
      ) : (
        <ol aria-label={say('activity')} className="divide-y rounded-xl border bg-card">
          {items?.map((item) => (
            <li key={item.id} className="px-4 py-3">
              <Entry item={item} change={change} />
            </li>
          ))}
        </ol>
      )}
      {(search.cursor || nextCursor) && (
        <div className="mt-3 flex justify-end gap-2">
          {search.cursor && <Button onClick={() => change({ cursor: undefined }, false)}>{say('page.first')}</Button>}
          {nextCursor && <Button onClick={() => change({ cursor: nextCursor }, false)}>{say('page.older')}</Button>}
        </div>
      )}
    </>
  );
}

const link = 'font-medium underline decoration-transparent underline-offset-2 hover:decoration-current';

function Entry({ item, change }: { item: Item; change: Props['change'] }) {
  const { actor, onBehalfOf, reason, action, target, changes, at, ip } = item;
  const when = new Date(at);
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-1.5">
        <button
          type="button"
          dir="auto"
          className={link}
          title={say('activity.by', { name: actor.name })}
          onClick={() => change({ actor: actor.id, cursor: undefined })}
        >
          {actor.name || actor.id}
        </button>
        {onBehalfOf && <span className="text-dim">{say('activity.as', { name: onBehalfOf.name })}</span>}
        <span className="text-dim">· {actionName(action)} ·</span>
        <button
          type="button"
          dir="auto"
          className={link}
          title={say('activity.of', { name: target.name })}
          onClick={() => change({ target: target.id, cursor: undefined })}
        >
          {target.name || target.id}
        </button>
        <time dateTime={at} title={moment(when)} className="ms-auto text-[13px] text-dim">
          {ago(when)}
        </time>
      </div>
      {reason && <p className="text-[13px] text-dim">{say('activity.reason', { reason })}</p>}
      {changes.length > 0 && (
        <details className="mt-1">
          <summary className="w-fit text-[13px] text-dim hover:text-ink">{say('activity.changes', { n: changes.length })}</summary>
          <dl className="mt-1.5 space-y-1.5 text-[13px]">
            {changes.map(({ field, before, after }) => (
              <div key={field} className="flex flex-wrap gap-x-2">
                <dt className="font-mono">{field}</dt>
                <dd className="flex flex-wrap items-baseline gap-x-2">
                  <del className="text-dim">{written(before)}</del>
                  <span aria-hidden="true">→</span>
                  <ins className="no-underline">{written(after)}</ins>
                </dd>
              </div>
            ))}
          </dl>
          <p className="mt-1.5 text-[13px] text-dim">
            {moment(when)} · {ip}
          </p>
        </details>
      )}
    </>
  );
}

function written(value: unknown) {
  if (value === null || value === undefined || value === '') return '—';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

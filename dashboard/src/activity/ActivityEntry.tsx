import { Fragment, type ReactNode } from 'react';
import type { Tab } from '../words/fields';
import { ago, moment } from '../words/format';
import { piecesOf, say } from '../words/say';
import type { Item } from './activity';
import { Changes } from './Changes';
import type { ActivitySearch } from './search';
import { taleOf } from './tale';

interface Props {
  item: Item;
  tabs: Tab[];
  // only shows what one did, or what was done to one.
  only: (filter: Pick<ActivitySearch, 'actor' | 'target'>) => void;
}

// As many changes are shown as they are; of more, how many there are.
const few = 2;

// ActivityEntry tells one thing that was done: in a sentence, with what changed below.
export function ActivityEntry({ item, tabs, only }: Props) {
  const { actor, onBehalfOf, reason, target, at, ip, requestId } = item;
  const { sentence, other, changes, fresh } = taleOf(item);
  const when = new Date(at);
  const places: Record<string, ReactNode> = {
    actor: (
      <>
        <Party title={say('activity.by', { name: actor.name })} onClick={() => only({ actor: actor.id })}>
          {actor.name || actor.id}
        </Party>
        {onBehalfOf && ` (${say('activity.as', { name: onBehalfOf.name })})`}
      </>
    ),
    target: (
      <Party title={say('activity.of', { name: target.name })} onClick={() => only({ target: target.id })}>
        {target.name || target.id}
      </Party>
    ),
    other: <b className="font-medium text-ink">{other?.name ?? '—'}</b>,
  };
  return (
    <article className="flex flex-wrap items-baseline gap-x-4 sm:flex-nowrap">
      <div className="min-w-0 flex-1 basis-full sm:basis-auto">
        <p className="text-dim">
          {piecesOf(sentence).map((piece, i) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence stay where they are.
            i % 2 ? <bdi key={i}>{places[piece]}</bdi> : <Fragment key={i}>{piece}</Fragment>,
          )}
        </p>
        {reason && <p className="text-[13px] text-dim">{say('activity.reason', { reason })}</p>}
        {changes.length > 0 && changes.length <= few && <Changes {...{ changes, tabs, fresh }} />}
        {changes.length > few && (
          <details>
            <summary className="w-fit text-[13px] text-dim hover:text-ink">
              {say(fresh ? 'activity.details' : 'activity.changes', { n: changes.length })}
            </summary>
            <Changes {...{ changes, tabs, fresh }} />
          </details>
        )}
      </div>
      <p className="flex-none text-[13px] text-dim">
        <time dateTime={at} title={`${moment(when)} · ${requestId}`}>
          {ago(when)}
        </time>
        {' · '}
        <span className="font-mono text-[12px]">{ip}</span>
      </p>
    </article>
  );
}

const Party = (props: { title: string; onClick: () => void; children: string }) => (
  <button
    type="button"
    className="text-start font-medium wrap-anywhere text-ink underline decoration-transparent underline-offset-2 hover:decoration-current"
    {...props}
  />
);

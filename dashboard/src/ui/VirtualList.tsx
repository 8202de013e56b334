import { type ReactNode, useEffect, useRef } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { Empty, Failed } from './Empty';

// Pool is a list that is read page by page, as far as it was.
export interface Pool<T> {
  items: T[];
  loading: boolean;
  // more loads what follows, if anything does.
  more?: () => void;
  loadingMore: boolean;
  error: unknown;
  again: () => void;
}

interface Props<T> {
  label: string;
  pool: Pool<T>;
  row: (item: T) => ReactNode;
  keyOf: (item: T) => string;
  // height is about that of a row, in pixels.
  height: number;
  empty: ReactNode;
  // shown is the key of what is to be seen from the beginning.
  shown?: string;
}

const near = 30;
const ghosts = ['a', 'b', 'c', 'd', 'e', 'f'];

// VirtualList shows as much of a list as fits, however long it is, and reads on
// before its end is reached.
export function VirtualList<T>({ label, pool, row, keyOf, height, empty, shown }: Props<T>) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const { items, more, loadingMore } = pool;
  const there = items.length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when there is something to see
  useEffect(() => {
    const index = items.findIndex((item) => keyOf(item) === shown);
    if (index > 0) list.current?.scrollToIndex(index, { align: 'center' });
  }, [there]);
  if (pool.loading) {
    return (
      <div aria-busy="true" aria-label={label} role="status" className="space-y-2 p-2">
        {ghosts.map((ghost) => (
          <div key={ghost} className="ghost h-14" />
        ))}
      </div>
    );
  }
  if (pool.error && items.length === 0) return <Failed error={pool.error} again={pool.again} />;
  if (items.length === 0) return typeof empty === 'string' ? <Empty title={empty} /> : empty;

  function readOn() {
    const { current } = list;
    if (!current || !more || loadingMore) return;
    if (current.findItemIndex(current.scrollOffset + current.viewportSize) >= items.length - near) more();
  }

  return (
    <div ref={scroller} className="h-full overflow-y-auto overscroll-contain">
      {/* biome-ignore lint/a11y/useSemanticElements: a list whose rows are placed by hand */}
      <div role="list" aria-label={label}>
        <Virtualizer ref={list} scrollRef={scroller} data={items} itemSize={height} bufferSize={height * 8} onScroll={readOn}>
          {(item, i) => (
            // biome-ignore lint/a11y/useSemanticElements: see above
            <div key={keyOf(item)} role="listitem" aria-setsize={more ? -1 : items.length} aria-posinset={i + 1}>
              {row(item)}
            </div>
          )}
        </Virtualizer>
      </div>
    </div>
  );
}

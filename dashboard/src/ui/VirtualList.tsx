import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
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
}

const near = 30;
const ghosts = ['a', 'b', 'c', 'd', 'e', 'f'];

// VirtualList shows as much of a list as fits, however long it is, and reads on
// before its end is reached.
export function VirtualList<T>({ label, pool, row, keyOf, height, empty }: Props<T>) {
  const scroller = useRef<HTMLDivElement>(null);
  const { items, more, loadingMore } = pool;
  const list = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
    overscan: 8,
  });
  const shown = list.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && !loadingMore && last >= items.length - near) more();
  }, [last, items.length, more, loadingMore]);

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
  return (
    <div ref={scroller} className="h-full overflow-y-auto overscroll-contain">
      {/* biome-ignore lint/a11y/useSemanticElements: a list whose rows are placed by hand */}
      <div role="list" aria-label={label} className="relative" style={{ height: list.getTotalSize() }}>
        {shown.map(({ index, key, start }) => {
          const item = items[index];
          return (
            item !== undefined && (
              // biome-ignore lint/a11y/useSemanticElements: see above
              <div
                key={key}
                role="listitem"
                ref={list.measureElement}
                data-index={index}
                aria-setsize={more ? -1 : items.length}
                aria-posinset={index + 1}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${start}px)` }}
              >
                {row(item)}
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

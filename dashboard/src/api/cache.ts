// What was read is kept, and has to follow what changes: lists may lag behind in
// the API for a moment, and must not do so here.
import type { InfiniteData } from '@tanstack/react-query';
import { queries } from './client';
import type { paths } from './schema';

interface Item {
  id: string;
}
interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
type Kept<T> = InfiniteData<Page<T>> | Page<T> | T;

export interface Of {
  path?: Record<string, string>;
}

// keyOf matches all that was read from a path, with whatever query.
const keyOf = (path: keyof paths, of?: Of) => ['get', path, ...(of?.path ? [{ params: { path: of.path } }] : [])];

// queriesOf changes the items of all lists that were read from a path.
export function queriesOf<T extends Item>(
  path: keyof paths,
  of: Of | undefined,
  change: (items: T[], query: Record<string, unknown>) => T[],
) {
  for (const [key, kept] of queries.getQueriesData<Kept<T>>({ queryKey: keyOf(path, of) })) {
    const { params } = (key[2] ?? {}) as { params?: { query?: Record<string, unknown> } };
    const query = params?.query ?? {};
    if (!kept) continue;
    if ('pages' in kept)
      queries.setQueryData(key, {
        ...kept,
        pages: kept.pages.map((page, i) => ({
          ...page,
          items: i === 0 || page.items.length > 0 ? change(page.items, { ...query, page: i }) : [],
        })),
      });
    else if ('items' in kept) queries.setQueryData(key, { ...kept, items: change(kept.items, query) });
  }
}

// revise changes an item wherever it is listed.
export function revise<T extends Item>(path: keyof paths, id: string, change: (item: T) => T, of?: Of) {
  queriesOf<T>(path, of, (items) => items.map((item) => (item.id === id ? change(item) : item)));
}

// drop takes an item out of the lists that it is in.
export function drop(path: keyof paths, id: string, of?: Of) {
  queriesOf<Item>(path, of, (items) => items.filter((item) => item.id !== id));
}

// add puts a new item at the front of the lists that are not narrowed down.
export function add<T extends Item>(path: keyof paths, item: T, of?: Of) {
  queriesOf<T>(path, of, (items, { limit: _, page = 0, ...narrowed }) =>
    page !== 0 || Object.values(narrowed).some(Boolean) ? items : [item, ...items.filter(({ id }) => id !== item.id)],
  );
}

// put keeps a resource as it is now known to be.
export function put<T>(path: keyof paths, params: Record<string, string>, resource: T) {
  queries.setQueryData(['get', path, { params: { path: params } }], resource);
}

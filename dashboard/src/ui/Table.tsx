import type { ReactNode } from 'react';
import { say } from '../words/say';
import { Button } from './Button';
import { Failed, NothingFound } from './Empty';
import type { Answer } from './Loaded';
import { Turning } from './Turning';

export interface Column<T> {
  title: string;
  cell: (row: T) => ReactNode;
  // quiet columns are left out where there is no room for them.
  quiet?: boolean;
  // badged is whether what it says stands beside a badge, under which the rest begins on a small screen.
  badged?: boolean;
  // wraps is whether what it says may take several lines.
  wraps?: boolean;
  // actions are so many buttons at the end, without a title that is seen.
  actions?: number;
}

// Listed is a page of a list, and where the next one begins.
export interface Listed<T> {
  items: T[];
  nextCursor?: string | null;
}

interface Props<T> {
  label: string;
  // columns are what is shown of each; one that is false is not.
  columns: (Column<T> | false)[];
  answer: Answer<Listed<T>>;
  keyOf: (row: T) => string;
  // empty is what stands where there are none at all.
  empty: ReactNode;
  // filtered is whether there may be others, which were not asked for.
  filtered?: boolean;
  // cursor is where this page begins, and turn goes to another one: to the first without any.
  cursor?: string;
  turn?: (cursor?: string) => void;
  // more adds what follows to what is there.
  more?: () => void;
}

const ghosts = ['a', 'b', 'c', 'd', 'e'];

// Table shows a page of a list, or that it comes, that there is nothing in it, or
// why it can't be had. On a small screen each row is a card.
export function Table<T>({ label, columns: wanted, answer, keyOf, empty, filtered, cursor, turn, more }: Props<T>) {
  const { data, error, refetch } = answer;
  const columns = wanted.filter((column) => column !== false);
  const badged = columns[0]?.badged;
  const room = columns.some(({ actions = 0 }) => actions > 1) ? 'max-sm:pe-18' : 'max-sm:pe-10';
  if (error && !data)
    return (
      <>
        <Failed error={error} again={refetch} />
        {turn && <Turning {...{ cursor, turn }} />}
      </>
    );
  if (data?.items.length === 0 && !cursor) return filtered ? <NothingFound /> : empty;
  return (
    <>
      <div className="overflow-hidden rounded-xl border bg-card">
        <table aria-label={label} aria-busy={!data} className="w-full text-start max-sm:table-fixed">
          <thead className="max-sm:sr-only">
            <tr className="border-b">
              {columns.map(({ title, quiet, actions }) => (
                <th
                  key={title}
                  scope="col"
                  className={`px-4 py-2.5 text-start text-[13px] font-medium whitespace-nowrap text-dim ${quiet ? 'max-lg:hidden' : ''}`}
                >
                  {actions ? <span className="sr-only">{title}</span> : title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {!data
              ? ghosts.map((ghost) => (
                  <tr key={ghost}>
                    <td colSpan={columns.length} className="px-4 py-2">
                      <div className="ghost h-9" />
                    </td>
                  </tr>
                ))
              : data.items.map((row) => (
                  <tr
                    key={keyOf(row)}
                    className={`relative border-b last:border-0 hover:bg-wash max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-3 max-sm:gap-y-1.5 max-sm:px-4 max-sm:py-2.5 ${badged ? 'max-sm:ps-15' : ''}`}
                  >
                    {columns.map(({ title, cell, quiet, wraps, actions }, i) => (
                      <td
                        key={title}
                        className={`px-4 py-2.5 align-middle max-sm:p-0 ${quiet ? 'max-lg:hidden' : ''} ${actions ? 'w-px text-end whitespace-nowrap max-sm:absolute max-sm:end-2 max-sm:top-2 max-sm:w-auto' : ''} ${i === 0 ? `max-sm:min-w-0 ${badged ? 'max-sm:-ms-11 max-sm:w-[calc(100%+2.75rem)]' : 'max-sm:w-full'} ${room}` : wraps ? '' : 'sm:whitespace-nowrap'}`}
                      >
                        {cell(row)}
                      </td>
                    ))}
                  </tr>
                ))}
          </tbody>
        </table>
        {data?.items.length === 0 && <p className="p-6 text-center text-dim">{say('nothing.more')}</p>}
      </div>
      {more && (
        <div className="mt-3 text-center">
          <Button onClick={more}>{say('more')}</Button>
        </div>
      )}
      {turn && <Turning {...{ cursor, turn }} nextCursor={data?.nextCursor} />}
    </>
  );
}

import { labelOf, type Tab, written } from '../words/fields';
import { say } from '../words/say';
import type { Change } from './tale';

// Changes are fields as they were and as they are. What was empty before says so
// by saying nothing, as does all of what is fresh.
export const Changes = ({ changes, tabs, fresh }: { changes: Change[]; tabs: Tab[]; fresh: boolean }) => (
  <dl className="mt-1 space-y-0.5 text-[13px]">
    {changes.map(({ field, before, after }) => {
      const was = fresh ? undefined : written(field, before, tabs);
      return (
        <div key={field} className="flex flex-wrap gap-x-2">
          <dt className="text-dim">{labelOf(field, tabs)}:</dt>
          <dd className="flex min-w-0 flex-wrap items-baseline gap-x-2 wrap-anywhere">
            {was !== undefined && (
              <>
                <del dir="auto" className="text-dim">
                  {shown(field, before, was)}
                </del>
                <span aria-hidden="true" className="text-dim rtl:-scale-x-100">
                  →
                </span>
              </>
            )}
            <ins dir="auto" className="whitespace-pre-line no-underline">
              {shown(field, after, written(field, after, tabs) ?? '—')}
            </ins>
          </dd>
        </div>
      );
    })}
  </dl>
);

// shown is a value with its colour or its picture, where it is one.
function shown(field: string, value: unknown, words: string) {
  if (/color$/i.test(field) && /^#[0-9a-f]{6}$/i.test(words))
    return (
      <span className="inline-flex items-center gap-1.5">
        <svg aria-hidden="true" className="size-3 rounded-full border" viewBox="0 0 1 1">
          <rect width="1" height="1" fill={words} />
        </svg>
        {words}
      </span>
    );
  if (field === 'logoUrl' && typeof value === 'string') return <img src={value} alt={say('logo')} className="inline-block h-6 max-w-32" />;
  return words;
}

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { isRefusal } from '../api/refusal';
import { flat, labelOf, type Tab, written } from '../words/fields';
import { say } from '../words/say';
import { Button } from './Button';
import { type Faults, Form, Submit } from './Form';
import { Leaving } from './Leaving';

interface Saved {
  version: number;
}

const none: Tab[] = [];

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

// Draft is a resource as somebody is changing it.
export interface Draft<T extends Saved> {
  // now is how it would be saved.
  now: T;
  base: T;
  edits: Partial<T>;
  set: (edits: Partial<T>) => void;
  // rebase goes on from another version, with the edits that are not done.
  rebase: (base: T, done?: Partial<T>) => void;
  dirty: boolean;
}

// useDraft keeps what was changed apart from what was saved, which may change
// meanwhile.
export function useDraft<T extends Saved>(saved: T): Draft<T> {
  const [base, setBase] = useState(saved);
  const [edits, setEdits] = useState<Partial<T>>({});
  const changed = unlike(edits, base);
  // What has become of it meanwhile is taken on where it is about something else.
  if (saved.version > base.version && Object.keys(changed).every((key) => same(saved[key as keyof T], base[key as keyof T])))
    setBase(saved);
  return {
    now: { ...base, ...edits },
    base,
    edits: changed,
    set: (more) => setEdits((now) => ({ ...now, ...more })),
    rebase: (next, done) => {
      setBase(next);
      setEdits((now) => (done ? unlike(now, done) : {}));
    },
    dirty: Object.keys(changed).length > 0,
  };
}

// unlike are the edits that are not what something has already.
const unlike = <T,>(edits: Partial<T>, than: Partial<T>) =>
  Object.fromEntries(Object.entries(edits).filter(([key, value]) => !same(value, than[key as keyof T]))) as Partial<T>;

// Editing is what becomes of changes to a resource.
export interface Editing<T extends Saved> {
  // save sends what was changed, for the version that it was changed from.
  save: (edits: Partial<T>, version: number) => Promise<T | undefined>;
  // latest is the resource as it is now, for who was overtaken.
  latest: () => Promise<T | undefined>;
  onSaved?: (saved: T) => void;
  readOnly?: boolean;
}

interface Props<T extends Saved> extends Editing<T> {
  draft: Draft<T>;
  // tabs are the agency's own, which fields may be about.
  tabs?: Tab[];
  check?: (form: FormData) => Faults;
  children: ReactNode;
}

// EditForm changes a resource. Where somebody else changed it meanwhile, both
// versions are shown, and one chooses; nobody leaves by mistake what isn't saved.
export function EditForm<T extends Saved>({ draft, save, latest, tabs = none, check, onSaved, readOnly, children }: Props<T>) {
  const [theirs, setTheirs] = useState<T>();
  const { base, edits, dirty, rebase } = draft;
  // Who has saved goes where they are taken; until then they are asked.
  const free = useRef(false);
  const typed = useRef(edits);
  const loses = () => !free.current && Object.keys(typed.current).length > 0;
  useEffect(() => {
    typed.current = edits;
    if (!dirty) free.current = false;
  });

  async function send() {
    if (!dirty) return;
    try {
      const saved = await save(edits, base.version);
      if (!saved) return;
      rebase(saved, edits);
      // Who went on typing while it was saved stays.
      if (!same(typed.current, edits)) return;
      free.current = true;
      onSaved?.(saved);
    } catch (error) {
      if (!isRefusal(error, 412)) throw error;
      setTheirs(await latest());
    }
  }

  return (
    <div data-guarded>
      <Form send={send} check={check}>
        {children}
        {theirs && (
          <Versions
            {...{ base, edits, theirs, tabs }}
            onMine={() => {
              rebase(theirs, {});
              setTheirs(undefined);
            }}
            onTheirs={() => {
              rebase(theirs);
              setTheirs(undefined);
            }}
          />
        )}
        {!readOnly && !theirs && (
          <Submit>
            {dirty && (
              <Button kind="quiet" onClick={() => rebase(base)}>
                {say('reset')}
              </Button>
            )}
          </Submit>
        )}
      </Form>
      <Leaving loses={loses} title={say('leave.title')} text={say('leave.text')} action={say('discard.yes')} />
    </div>
  );
}

// shown brings into sight what has just come, however far one has scrolled.
const shown = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' });

// Versions shows what both have made of the fields that either changed.
function Versions<T extends Saved>({
  base,
  edits,
  theirs,
  tabs,
  onMine,
  onTheirs,
}: {
  base: T;
  edits: Partial<T>;
  theirs: T;
  tabs: Tab[];
  onMine: () => void;
  onTheirs: () => void;
}) {
  const [before, mine, other] = [flat(base), flat({ ...base, ...edits }), flat(theirs)];
  const fields = [...new Set([...Object.keys(mine), ...Object.keys(other)])].filter(
    (field) => !same(mine[field], before[field]) || !same(other[field], before[field]),
  );
  return (
    <section ref={shown} role="alert" aria-label={say('stale.title')} className="rounded-xl border border-warn bg-warn-wash p-4">
      <h2 className="mb-1 font-semibold text-warn">{say('stale.title')}</h2>
      <p className="mb-3 text-warn">{say('stale.text')}</p>
      <table className="mb-3 w-full bg-card text-start">
        <thead>
          <tr className="border-b">
            {[say('stale.field'), say('stale.mine'), say('stale.theirs')].map((title) => (
              <th key={title} scope="col" className="p-2 text-start text-[13px] font-medium text-dim">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field} className="border-b align-top last:border-0">
              <th scope="row" className="p-2 text-start font-medium">
                {labelOf(field, tabs)}
              </th>
              {[mine, other].map((version, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: there are two, mine first
                <td key={i} dir="auto" className="p-2 whitespace-pre-line">
                  {written(field, version[field], tabs) ?? '—'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onTheirs}>{say('stale.take')}</Button>
        <Button kind="strong" onClick={onMine}>
          {say('stale.keep')}
        </Button>
      </div>
    </section>
  );
}

import { type ReactNode, useRef, useState } from 'react';
import { isRefusal } from '../api/refusal';
import { say } from '../words/say';
import { Button } from './Button';
import { type Faults, Form, Submit } from './Form';
import { Leaving } from './Leaving';

interface Saved {
  version: number;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

// Draft is a resource as somebody is changing it.
export interface Draft<T extends Saved> {
  // now is how it would be saved.
  now: T;
  base: T;
  edits: Partial<T>;
  set: (edits: Partial<T>) => void;
  rebase: (base: T, keep?: boolean) => void;
  dirty: boolean;
}

// useDraft keeps what was changed apart from what was saved, which may change
// meanwhile.
export function useDraft<T extends Saved>(saved: T): Draft<T> {
  const [base, setBase] = useState(saved);
  const [edits, setEdits] = useState<Partial<T>>({});
  const changed = Object.fromEntries(Object.entries(edits).filter(([key, value]) => !same(value, base[key as keyof T]))) as Partial<T>;
  return {
    now: { ...base, ...edits },
    base,
    edits: changed,
    set: (more) => setEdits((now) => ({ ...now, ...more })),
    rebase: (next, keep = false) => {
      setBase(next);
      if (!keep) setEdits({});
    },
    dirty: Object.keys(changed).length > 0,
  };
}

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
  // named are the fields in words, and how they are written.
  named: { [field in keyof T]?: [label: string, written?: (value: T[field]) => string] };
  check?: (form: FormData) => Faults;
  children: ReactNode;
}

// EditForm changes a resource. Where somebody else changed it meanwhile, both
// versions are shown, and one chooses; nobody leaves by mistake what isn't saved.
export function EditForm<T extends Saved>({ draft, save, latest, named, check, onSaved, readOnly, children }: Props<T>) {
  const [theirs, setTheirs] = useState<T>();
  const { base, edits, dirty, rebase } = draft;
  // Who has saved goes where they are taken; until then they are asked.
  const free = useRef(false);

  async function send() {
    if (!dirty) return;
    try {
      const saved = await save(edits, base.version);
      if (!saved) return;
      rebase(saved);
      free.current = true;
      onSaved?.(saved);
      free.current = false;
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
            {...{ base, edits, theirs, named }}
            onMine={() => {
              rebase(theirs, true);
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
      <Leaving loses={() => dirty && !free.current} title={say('leave.title')} text={say('leave.text')} action={say('discard.yes')} />
    </div>
  );
}

// shown brings into sight what has just come, however far one has scrolled.
const shown = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' });

const plain = (value: unknown) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? ''));

// Versions shows what both have made of the fields that either changed.
function Versions<T extends Saved>({
  base,
  edits,
  theirs,
  named,
  onMine,
  onTheirs,
}: {
  base: T;
  edits: Partial<T>;
  theirs: T;
  named: Props<T>['named'];
  onMine: () => void;
  onTheirs: () => void;
}) {
  const fields = (Object.keys(named) as (keyof T)[]).filter((field) => field in edits || !same(base[field], theirs[field]));
  const written = (field: keyof T, value: T[keyof T]) =>
    (named[field]?.[1] as ((value: unknown) => string) | undefined)?.(value) ?? plain(value);
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
            <tr key={String(field)} className="border-b align-top last:border-0">
              <th scope="row" className="p-2 text-start font-medium">
                {named[field]?.[0]}
              </th>
              <td className="p-2 whitespace-pre-line">{written(field, (field in edits ? edits[field] : base[field]) as T[keyof T])}</td>
              <td className="p-2 whitespace-pre-line">{written(field, theirs[field])}</td>
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

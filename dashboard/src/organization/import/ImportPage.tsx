import { Link } from '@tanstack/react-router';
import { ChevronLeft, FileUp } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { Button, buttonLook } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { download } from '../../ui/download';
import { Notice } from '../../ui/Notice';
import { Section } from '../../ui/Section';
import { say } from '../../words/say';
import { sentence } from '../../words/trouble';
import { useOrganizationId } from '../organization';
import { fields, guess, type Mapping, needed, plan, type Row, sent } from './plan';
import { Rows } from './Rows';
import { type Result, run } from './run';

interface File {
  name: string;
  header: string[];
  cells: string[][];
}

const most = 10_000;
const sample = 'name,email,role,language,teams,agents\nAnn Lee,ann@example.com,user,en,customer_support,\n';

async function read(file: Blob, name: string): Promise<File | string> {
  const { default: papa } = await import('papaparse');
  const content = new TextDecoder('utf-8', { fatal: true });
  let text: string;
  try {
    text = content.decode(await file.arrayBuffer());
  } catch {
    return say('import.encoding');
  }
  const { data } = papa.parse<string[]>(text, { skipEmptyLines: 'greedy' });
  const [header, ...cells] = data;
  if (!header || cells.length === 0) return say('import.empty');
  if (cells.length > most) return say('import.many', { n: most });
  return { name, header, cells };
}

// ImportPage takes a file of people: which column is what, a rehearsal that
// changes nothing, and then the import, of which one sees how far it is.
export function ImportPage() {
  const o = useOrganizationId();
  const [file, setFile] = useState<File>();
  const [notice, setNotice] = useState('');
  const input = useRef<HTMLInputElement>(null);
  async function take(chosen?: globalThis.File | null) {
    if (!chosen) return;
    const taken = await read(chosen, chosen.name);
    setNotice(typeof taken === 'string' ? taken : '');
    setFile(typeof taken === 'string' ? undefined : taken);
  }
  return (
    <div className="space-y-4">
      <Link to="/organizations/$org/users" params={{ org: o }} className="inline-flex items-center gap-1 text-dim hover:text-ink">
        <ChevronLeft aria-hidden="true" className="size-4" />
        {say('users')}
      </Link>
      <Section title={say('import')} about={say('import.text')}>
        <button
          type="button"
          onClick={() => input.current?.click()}
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            void take(event.dataTransfer.files[0]);
          }}
          className="flex min-h-24 w-full flex-col items-center justify-center gap-1.5 rounded-xl border border-dashed border-frame p-4 text-dim hover:border-ink hover:text-ink"
        >
          <FileUp aria-hidden="true" className="size-5" />
          {file ? say('import.file', { name: file.name, n: file.cells.length }) : say('import.drop')}
        </button>
        <input
          ref={input}
          type="file"
          accept=".csv,text/csv"
          aria-label={say('import.choose')}
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => {
            void take(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
        <Notice>{notice}</Notice>
        <Button kind="quiet" onClick={() => download(new Blob([sample], { type: 'text/csv' }), 'users.csv')}>
          {say('import.sample')}
        </Button>
      </Section>
      {file && <Mapped key={file.name + file.cells.length} file={file} />}
    </div>
  );
}

function Mapped({ file }: { file: File }) {
  const [mapping, setMapping] = useState<Mapping>(() => guess(file.header));
  const rows = useMemo(() => plan(file.cells, mapping), [file, mapping]);
  const ready = needed.every((field) => mapping[field] !== undefined);
  return (
    <>
      <Section title={say('import.mapping')} about={say('import.mapping.text')}>
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          {fields.map((field) => (
            <label key={field} className="block">
              <span className="mb-1 block font-medium">
                {say(`import.field.${field}`)}
                {needed.includes(field) && <span className="text-dim"> · {say('import.needed')}</span>}
              </span>
              <select
                value={mapping[field] ?? ''}
                onChange={(event) =>
                  setMapping({ ...mapping, [field]: event.target.value === '' ? undefined : Number(event.target.value) })
                }
                className="control w-full rounded-lg border border-frame bg-card px-2"
              >
                <option value="">{say('import.none')}</option>
                {file.header.map((title, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is known by its place
                  <option key={i} value={i}>
                    {title || say('import.column', { n: i + 1 })}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </div>
      </Section>
      {ready ? <Running key={JSON.stringify(mapping)} rows={rows} /> : <Notice>{say('import.unmapped')}</Notice>}
    </>
  );
}

type Stage = 'planned' | 'rehearsing' | 'rehearsed' | 'importing' | 'done';

function Running({ rows }: { rows: Row[] }) {
  const o = useOrganizationId();
  const [stage, setStage] = useState<Stage>('planned');
  const [results, setResults] = useState<ReadonlyMap<number, Result>>(new Map());
  const [notice, setNotice] = useState('');
  const [invite, setInvite] = useState(false);
  const sendable = rows.filter(sent);
  const left = rows.length - sendable.length;
  const busy = stage === 'rehearsing' || stage === 'importing';

  async function go(dryRun: boolean) {
    const again = stage === 'importing' || (notice !== '' && !dryRun && stage === 'rehearsed');
    const done = again ? results : new Map<number, Result>();
    const todo = sendable.filter(({ number }) => !done.has(number));
    let now = done;
    setResults(done);
    setNotice('');
    setStage(dryRun ? 'rehearsing' : 'importing');
    try {
      await run(o, todo, { dryRun, invite }, (more) => {
        now = new Map([...now, ...more.map((result) => [result.number, result] as const)]);
        setResults(now);
      });
      setStage(dryRun ? 'rehearsed' : 'done');
    } catch (error) {
      setNotice(say('import.interrupted', { n: now.size, of: sendable.length, why: sentence(error) }));
      setStage(dryRun ? 'planned' : 'rehearsed');
    }
  }

  const count = (status: Result['status']) => [...results.values()].filter((result) => result.status === status).length;
  return (
    <Section
      title={stage === 'done' ? say('import.done') : say('import.rows')}
      about={left > 0 ? say('import.left', { n: left }) : undefined}
    >
      {(busy || results.size > 0) && (
        <div>
          <progress aria-label={say('import.progress')} value={results.size} max={sendable.length} className="h-2 w-full accent-(--link)" />
          <p role="status" className="text-dim">
            {say(stage === 'done' || stage === 'importing' ? 'import.counts' : 'import.would', {
              created: count('created'),
              updated: count('updated'),
              failed: count('failed') + left,
            })}
          </p>
        </div>
      )}
      <Notice>{notice}</Notice>
      <Rows rows={rows} results={results} />
      <Check
        label={say('import.invite')}
        hint={say('import.invite.hint')}
        checked={invite}
        disabled={busy || stage === 'done'}
        onChange={setInvite}
      />
      <div className="flex flex-wrap justify-end gap-2">
        {results.size > 0 && <Button onClick={() => download(report(rows, results), 'import-result.csv')}>{say('import.result')}</Button>}
        {stage === 'done' ? (
          <Link to="/organizations/$org/users" params={{ org: o }} className={buttonLook({ kind: 'strong' })}>
            {say('import.toUsers')}
          </Link>
        ) : (
          <>
            <Button busy={stage === 'rehearsing'} disabled={sendable.length === 0 || stage === 'importing'} onClick={() => go(true)}>
              {say('import.dryRun')}
            </Button>
            <Button
              kind="strong"
              busy={stage === 'importing'}
              disabled={sendable.length === 0 || stage === 'rehearsing'}
              onClick={() => go(false)}
            >
              {say('import.go', { n: sendable.length })}
            </Button>
          </>
        )}
      </div>
    </Section>
  );
}

const quoted = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

// report is the result as a file: every row, and what became of it.
function report(rows: Row[], results: ReadonlyMap<number, Result>) {
  const lines = rows.map((row) => {
    const result = results.get(row.number);
    return [
      String(row.number),
      row.user.name,
      row.user.email,
      result?.status ?? 'failed',
      result?.problem ?? (row.fault ? row.fault.kind : ''),
    ]
      .map(quoted)
      .join(',');
  });
  return new Blob(['row,name,email,status,problem\r\n', lines.join('\r\n')], { type: 'text/csv' });
}

import { Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Notice } from '../../ui/Notice';
import { say } from '../../words/say';
import { useOrganizationId } from '../organization';
import { Chooser } from './Chooser';
import { Columns } from './Columns';
import { type File, read } from './file';
import { guess, type Mapping, needed, plan } from './plan';
import { Running } from './Running';

// ImportPage takes a file of people: which column is what, a rehearsal that
// changes nothing, and then the import, of which one sees how far it is.
export function ImportPage() {
  const o = useOrganizationId();
  const [file, setFile] = useState<File>();
  // taken tells one file from the next, which may be called the same.
  const [taken, setTaken] = useState(0);
  const [notice, setNotice] = useState('');
  async function take(chosen?: globalThis.File | null) {
    if (!chosen) return;
    const found = await read(chosen, chosen.name);
    setNotice(typeof found === 'string' ? found : '');
    setFile(typeof found === 'string' ? undefined : found);
    setTaken((n) => n + 1);
  }
  return (
    <div className="space-y-4">
      <Link to="/organizations/$org/users" params={{ org: o }} className="inline-flex items-center gap-1 text-dim hover:text-ink">
        <ChevronLeft aria-hidden="true" className="size-4" />
        {say('users')}
      </Link>
      <Chooser file={file} notice={notice} take={take} />
      {file && <Mapped key={taken} file={file} />}
    </div>
  );
}

function Mapped({ file: { header, cells } }: { file: File }) {
  const [busy, setBusy] = useState(false);
  const [mapping, setMapping] = useState<Mapping>(() => guess(header));
  const rows = useMemo(() => plan(cells, mapping), [cells, mapping]);
  const ready = needed.every((field) => mapping[field] !== undefined);
  return (
    <>
      <fieldset disabled={busy} className="contents">
        <Columns header={header} mapping={mapping} onChange={setMapping} />
      </fieldset>
      {ready ? <Running key={JSON.stringify(mapping)} rows={rows} onBusy={setBusy} /> : <Notice>{say('import.unmapped')}</Notice>}
    </>
  );
}

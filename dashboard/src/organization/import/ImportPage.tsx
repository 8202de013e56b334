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
  const [notice, setNotice] = useState('');
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
      <Chooser file={file} notice={notice} take={take} />
      {file && <Mapped key={file.name + file.cells.length} file={file} />}
    </div>
  );
}

function Mapped({ file: { header, cells } }: { file: File }) {
  const [mapping, setMapping] = useState<Mapping>(() => guess(header));
  const rows = useMemo(() => plan(cells, mapping), [cells, mapping]);
  const ready = needed.every((field) => mapping[field] !== undefined);
  return (
    <>
      <Columns header={header} mapping={mapping} onChange={setMapping} />
      {ready ? <Running key={JSON.stringify(mapping)} rows={rows} /> : <Notice>{say('import.unmapped')}</Notice>}
    </>
  );
}

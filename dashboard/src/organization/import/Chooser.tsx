import { Download, FileUp } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '../../ui/Button';
import { download } from '../../ui/download';
import { Notice } from '../../ui/Notice';
import { Section } from '../../ui/Section';
import { say } from '../../words/say';
import type { File } from './file';

const sample = 'name,email,role,language,teams,agents\nAnn Lee,ann@example.com,user,en,customer_support,\n';

interface Props {
  file?: File;
  // notice is what is wrong with the file that was chosen.
  notice: string;
  take: (chosen?: globalThis.File | null) => Promise<void>;
}

// Chooser is where a file is dropped or chosen.
export function Chooser({ file, notice, take }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
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
      <Button
        kind="quiet"
        icon={<Download aria-hidden="true" className="size-4" />}
        className="-ms-3"
        onClick={() => download(new Blob([sample], { type: 'text/csv' }), 'users.csv')}
      >
        {say('import.sample')}
      </Button>
    </Section>
  );
}

// A file of people as it was chosen: whatever its columns are called.
import { say } from '../../words/say';

export interface File {
  name: string;
  header: string[];
  cells: string[][];
}

// most is how many rows one file may have.
const most = 10_000;

// read reads a file of comma separated values, or says why it cannot.
export async function read(file: Blob, name: string): Promise<File | string> {
  const content = new TextDecoder('utf-8', { fatal: true });
  let text: string;
  try {
    text = content.decode(await file.arrayBuffer());
  } catch {
    return say('import.encoding');
  }
  const papa = await import('papaparse').then(
    (module) => module.default,
    () => undefined,
  );
  if (!papa) return say('offline.text');
  const { data } = papa.parse<string[]>(text, { skipEmptyLines: 'greedy' });
  const [header, ...cells] = data;
  if (!header || cells.length === 0) return say('import.empty');
  if (cells.length > most) return say('import.many', { n: most });
  return { name, header, cells };
}

import { type Row, sent } from './plan';
import type { Result } from './run';

// quoted is a cell that no spreadsheet takes for a formula.
const quoted = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

// report is the result as a file: every row, and what became of it.
export function report(rows: Row[], results: ReadonlyMap<number, Result>) {
  const lines = rows.map((row) => {
    const result = results.get(row.number);
    return [
      String(row.number),
      row.user.name,
      row.user.email,
      result?.status ?? (sent(row) ? 'not sent' : 'left out'),
      result?.problem ?? (row.fault ? row.fault.kind : ''),
    ]
      .map(quoted)
      .join(',');
  });
  return new Blob(['row,name,email,status,problem\r\n', lines.join('\r\n')], { type: 'text/csv' });
}

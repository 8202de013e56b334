import { say } from '../../words/say';
import { type Fault, type Row, sent } from './plan';
import type { Result } from './run';

const shown = 200;

// Rows are what the file holds, those with faults first, and what became of each.
export function Rows({ rows, results }: { rows: Row[]; results: ReadonlyMap<number, Result> }) {
  const wrong = (row: Row) => !sent(row) || results.get(row.number)?.status === 'failed';
  const noted = (row: Row) => wrong(row) || Boolean(row.fault);
  const ordered = [...rows.filter(noted), ...rows.filter((row) => !noted(row))].slice(0, shown);
  return (
    <div className="max-h-96 overflow-auto rounded-xl border">
      <table className="w-full min-w-160 text-start">
        <thead className="sticky top-0 bg-card">
          <tr className="border-b">
            {[say('import.row'), say('name'), say('email'), say('status')].map((title) => (
              <th key={title} scope="col" className="px-3 py-2 text-start text-[13px] font-medium text-dim">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ordered.map((row) => {
            const result = results.get(row.number);
            return (
              <tr key={row.number} className={`border-b last:border-0 ${wrong(row) ? 'bg-bad-wash' : noted(row) ? 'bg-warn-wash' : ''}`}>
                <td className="px-3 py-1.5 text-dim">{row.number}</td>
                <td dir="auto" className="px-3 py-1.5">
                  {row.user.name}
                </td>
                <td className="px-3 py-1.5">{row.user.email}</td>
                <td className={`px-3 py-1.5 ${wrong(row) ? 'text-bad' : noted(row) ? 'text-warn' : 'text-dim'}`}>
                  {[
                    sent(row) ? result && say(`import.${result.status}`) : say('import.skipped'),
                    result?.problem,
                    row.fault && faultOf(row.fault),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {rows.length > shown && <p className="p-2 text-center text-[13px] text-dim">{say('import.more', { n: rows.length - shown })}</p>}
    </div>
  );
}

const faultOf = (fault: Fault) =>
  'row' in fault ? say(`import.fault.${fault.kind}`, { row: fault.row }) : say(`import.fault.${fault.kind}`);

// What a file of people becomes: which column is which field, and what is wrong
// with a row before anything is sent.
import type { Schemas } from '../../api/client';

export const fields = ['name', 'email', 'role', 'language', 'teams', 'agents'] as const;
export type Field = (typeof fields)[number];
export const needed: readonly Field[] = ['name', 'email'];

// Mapping is the column of each field, by its place in the file.
export type Mapping = Partial<Record<Field, number>>;

const called: Record<Field, RegExp> = {
  email: /e-?mail|correo|courriel|^adresse mail/i,
  name: /name|nombre|nom\b|nome/i,
  role: /role|rol\b|rolle|papel|ruolo/i,
  language: /lang|idioma|sprache|lingua/i,
  teams: /team|equipo|équipe|equipe|squadr/i,
  agents: /agent/i,
};

// guess finds the column of each field by what it is called.
export function guess(header: string[]): Mapping {
  const mapping: Mapping = {};
  for (const field of Object.keys(called) as Field[]) {
    const exact = header.findIndex((title) => title.trim().toLowerCase() === field);
    const alike = header.findIndex((title, i) => called[field].test(title) && !Object.values(mapping).includes(i));
    const found = exact >= 0 ? exact : alike;
    if (found >= 0) mapping[field] = found;
  }
  return mapping;
}

export type Fault = { kind: 'noName' | 'noEmail' | 'role' } | { kind: 'repeats' | 'repeated'; row: number };

export interface Row {
  // number is the row's in the file: 1 is the first after the header.
  number: number;
  user: Schemas['UserFields'];
  fault?: Fault;
}

const several = (text: string) => text.split(';').flatMap((part) => part.trim() || []);
const folded = (email: string) => email.trim().toLowerCase();

const roles: Record<string, 'org_admin' | 'user'> = {
  '': 'user',
  user: 'user',
  org_admin: 'org_admin',
  admin: 'org_admin',
  administrator: 'org_admin',
};

// plan makes rows of a file's cells. An address that stands there twice is marked
// on each of its rows; the first is taken.
export function plan(cells: string[][], mapping: Mapping): Row[] {
  const rows = cells.map((line, i) => rowOf(line, mapping, i + 1));
  const first = new Map<string, Row>();
  for (const row of rows) {
    const email = folded(row.user.email);
    const before = first.get(email);
    if (before && email) {
      row.fault ??= { kind: 'repeats', row: before.number };
      before.fault ??= { kind: 'repeated', row: row.number };
    } else first.set(email, row);
  }
  return rows;
}

function rowOf(line: string[], mapping: Mapping, number: number): Row {
  const cell = (field: Field) => (mapping[field] === undefined ? '' : (line[mapping[field]] ?? '').trim());
  const user: Schemas['UserFields'] = { name: cell('name'), email: cell('email') };
  const role = roles[cell('role').toLowerCase()];
  if (cell('role')) user.role = role;
  if (cell('language')) user.language = cell('language');
  if (cell('teams')) user.teams = several(cell('teams'));
  if (cell('agents')) user.agents = cell('agents') === 'all' ? 'all' : several(cell('agents'));
  const kind = !user.name ? 'noName' : !user.email ? 'noEmail' : !role ? 'role' : undefined;
  return { number, user, fault: kind && { kind } };
}

// sent is whether a row is sent at all.
export const sent = ({ fault }: Row) => !fault || fault.kind === 'repeated';

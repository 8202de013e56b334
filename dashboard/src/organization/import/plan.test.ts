import { describe, expect, it } from 'vitest';
import { guess, plan, sent } from './plan';

describe('guess', () => {
  it.each([
    [['name', 'email', 'role', 'language', 'teams', 'agents'], { name: 0, email: 1, role: 2, language: 3, teams: 4, agents: 5 }],
    [['Correo electrónico', 'Nombre completo'], { email: 0, name: 1 }],
    [['E-Mail', 'Vorname', 'Rolle'], { email: 0, name: 1, role: 2 }],
    [['e-mail name', 'name'], { email: 0, name: 1 }],
    [['x', ''], {}],
  ])('%j', (header, mapping) => expect(guess(header)).toEqual(mapping));
});

describe('plan', () => {
  const mapping = { name: 0, email: 1, role: 2, teams: 3, agents: 4 };
  it('makes users of rows', () => {
    expect(plan([[' Ann Lee ', 'ann@a.example', 'Admin', 'support; sales;', 'all']], mapping)).toEqual([
      {
        number: 1,
        user: { name: 'Ann Lee', email: 'ann@a.example', role: 'org_admin', teams: ['support', 'sales'], agents: 'all' },
        fault: undefined,
      },
    ]);
  });
  it('marks an address that stands there twice on both rows, and sends the first', () => {
    const rows = plan(
      [
        ['Ann', 'ann@a.example'],
        ['Bo', 'bo@a.example'],
        ['Anna', ' ANN@a.example'],
      ],
      mapping,
    );
    expect(rows.map(({ fault }) => fault)).toEqual([{ kind: 'repeated', row: 3 }, undefined, { kind: 'repeats', row: 1 }]);
    expect(rows.filter(sent).map(({ number }) => number)).toEqual([1, 2]);
  });
  it('says what a row lacks', () => {
    const rows = plan(
      [
        ['', 'a@a.example'],
        ['Bo', ''],
        ['Cy', 'c@a.example', 'boss'],
      ],
      mapping,
    );
    expect(rows.map(({ fault }) => fault?.kind)).toEqual(['noName', 'noEmail', 'role']);
    expect(rows.filter(sent)).toEqual([]);
  });
});

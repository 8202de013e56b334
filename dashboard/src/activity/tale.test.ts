import { beforeAll, expect, it, vi } from 'vitest';
import { labelOf, written } from '../words/fields';
import { learnManaging, piecesOf, speak } from '../words/say';
import { actions } from './activity';
import { taleOf } from './tale';

beforeAll(async () => {
  vi.stubGlobal('navigator', { languages: ['en'] });
  vi.stubGlobal('document', { documentElement: {} });
  await speak('en');
  await learnManaging();
});

const actor = { type: 'staff', id: 'stf_1', name: 'Olga Marin' } as const;
const target = { type: 'user', id: 'usr_1', name: 'Ann Lee' } as const;
const changed = (field: string, before: unknown, after: unknown) => ({ field, before, after });

it.each(actions)('%s has a sentence that says who did it to whom', (action) => {
  const places = piecesOf(taleOf({ actor, action, target, changes: [] }).sentence).filter((_, i) => i % 2);
  expect(places).toContain('target');
});

it('a new status is told as what it is', () => {
  const changes = [changed('status', 'active', 'suspended'), changed('language', 'en', 'de')];
  const tale = taleOf({ actor, action: 'user.updated', target, changes });
  expect(tale.sentence).toBe('did.user.suspended');
  expect(tale.changes).toEqual([changes[1]]);
});

it('a status that no sentence is for stays a change', () => {
  const changes = [changed('status', 'active', 'frozen')];
  expect(taleOf({ actor, action: 'user.updated', target, changes })).toEqual({
    sentence: 'did.user.updated',
    other: undefined,
    changes,
    fresh: false,
  });
});

it('a client or a member is told in the sentence', () => {
  const cafe = { id: 'org_1', name: 'Café' };
  const tale = taleOf({ actor, action: 'agent.unassigned', target, changes: [changed('organization', cafe, null)] });
  expect(tale).toEqual({ sentence: 'did.agent.unassigned', other: cafe, changes: [], fresh: false });
});

it('who does something to themselves is told once', () => {
  expect(taleOf({ actor: target, action: 'user.added', target, changes: [] }).sentence).toBe('did.own.user.added');
  expect(taleOf({ actor: target, action: 'user.removed', target, changes: [] }).sentence).toBe('did.user.removed');
});

it('the target’s own name is not told again', () => {
  expect(taleOf({ actor, action: 'user.added', target, changes: [changed('name', '', 'Ann Lee')] }).changes).toEqual([]);
});

it.each([
  ['sections.conversations', 'edit', 'Conversations', 'Can edit'],
  ['sections.tab:reports', 'view', 'Monthly reports', 'Can view'],
  ['ceiling.prompt', 'none', 'Ceiling · Prompt', 'No access'],
  ['handoff.messages.de', 'Bis morgen', 'What is said when nobody is there · Deutsch', 'Bis morgen'],
  ['metadata.plan', 'Pro', 'plan', 'Pro'],
  ['billing', true, 'The client sees its billing', 'On'],
  ['role', 'org_admin', 'Role', 'Administrator'],
  ['language', 'it', 'Language', 'Italiano'],
  ['agents', 'all', 'Agents', 'All agents'],
  ['agents', ['agt_1', 'agt_2'], 'Agents', '2 agents'],
  ['teams', ['sales', 'billing'], 'Teams', 'sales and billing'],
  ['tabOrder', ['tab:reports', 'home'], 'Order of tabs', 'Monthly reports and Home'],
  ['cannedResponses', [{ title: 'Hours', text: 'From nine' }, { text: 'Bye' }], 'Canned responses', 'Hours: From nine\nBye'],
  ['expiresAt', '2026-11-20T09:00:00Z', 'Expires', expect.stringMatching(/2026/)],
  ['sentCount', 2, 'sentCount', '2'],
  ['note', '', 'Personal note', undefined],
  ['teams', [], 'Teams', undefined],
])('%s is in words: %j', (field, value, label, words) => {
  const tabs = [{ key: 'reports', title: 'Monthly reports' }];
  expect(labelOf(field, tabs)).toBe(label);
  expect(written(field, value, tabs)).toEqual(words);
});

it('dates are written as the reader’s language does', async () => {
  await speak('de');
  expect(written('expiresAt', '2026-11-20T09:00:00Z', [])).toMatch(/20\.11\.2026/);
  await speak('en');
});

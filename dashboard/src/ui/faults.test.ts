import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { speak } from '../words/say';
import { faultIn } from './faults';

beforeAll(async () => {
  vi.stubGlobal('navigator', { languages: ['en'] });
  vi.stubGlobal('document', { documentElement: {} });
  await speak('de');
});
afterAll(() => vi.unstubAllGlobals());

const shared = join(import.meta.dirname, '..', '..', '..', 'shared');
const api = readdirSync(shared, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'))
  .map((name) => readFileSync(join(shared, name), 'utf8'))
  .join('\n');

it.each([
  ['must not be empty', 'Geben Sie hier etwas ein.'],
  ['must have at most %d characters', /\b7\b/],
  ['is longer than %d characters', /\b7\b/],
  ['must have at least %d characters', /\b7\b/],
  ['must have at most %d entries', /\b7\b/],
  ['must have at most %d members', /\b7\b/],
  ['must be an address that starts with https://', /https:/],
  ['must be an e-mail address such as ann@example.com', /@/],
  ['must be a host such as clients.example.com', /clients\.example\.com/],
  ['must be a colour such as #1a73e8', /#1a73e8/],
  ["must be a font's name: letters, digits, spaces, - and _", /Schrift/],
  ['must not hold control characters', /./],
  ['must not hold bidirectional overrides', /./],
  ['must not begin or end with a space', /Leerzeichen/],
  ['must be a lower-case letter, then letters, digits, _ or -', /Schlüssel/],
  ['is the key of another tab', /Schlüssel/],
  ['must be in the future, at most %d years from now', /\b7\b/],
])('the API says %j, and the reader’s language something of its own', (message, words) => {
  expect(api).toContain(message);
  const said = faultIn(message.replace('%d', '7'));
  expect(said).toMatch(words);
  expect(said).not.toBe(faultIn('is something that nobody has words for'));
  expect(said).not.toMatch(/^must|^is /);
});

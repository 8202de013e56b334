import { expect, it } from 'vitest';
import { isKey, keyFor } from './teams';

it.each([
  ['Customer support', 'customer_support'],
  ['Équipe Barista & Co', 'equipe_barista_co'],
  ['  Über 24/7 ', 'uber'],
  ['São Paulo', 'sao_paulo'],
  [`${'long '.repeat(20)}`, `${'long_'.repeat(8)}`.slice(0, 40).replace(/_+$/, '')],
])('%j makes the key %s', (label, key) => {
  expect(keyFor(label)).toBe(key);
  expect(isKey(key)).toBe(true);
});

it('a label in another script makes none', () => {
  expect(keyFor('استقبال')).toBe('');
});

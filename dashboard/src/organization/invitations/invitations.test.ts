import { expect, it } from 'vitest';
import { addressesIn } from './invitations';

it.each([
  ['ann@example.com bo@example.com', ['ann@example.com', 'bo@example.com']],
  ['ann@example.com,\nbo@example.com; ann@example.com', ['ann@example.com', 'bo@example.com']],
  ['Ann Lee <ann@example.com>, "Ruiz, Bo" <bo@example.com>', ['ann@example.com', 'bo@example.com']],
  ['not an address', ['not', 'an', 'address']],
  [' ', []],
])('%j holds %j', (typed, addresses) => {
  expect(addressesIn(typed)).toEqual(addresses);
});

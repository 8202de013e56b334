import { useCallback } from 'react';

// What the address of a view says, read strictly: anybody may have written it.

export const textIn = (value: unknown) => (typeof value === 'string' && value ? value : undefined);

export const dayIn = (value: unknown) =>
  /^(19|20|21)\d\d-\d\d-\d\d$/.test(String(value)) && Date.parse(String(value)) ? String(value) : undefined;

export const oneOf = <T extends string>(known: readonly T[], value: unknown) => known.find((one) => one === String(value));

export const isSet = (value: unknown) => value === true || undefined;

export type Search = Record<string, unknown>;

// useChange is how a view changes what its address says of it: in place of what
// it said, or as a step that one can go back from.
export const useChange = <S>(navigate: (to: { search: (now: S) => S; replace: boolean }) => unknown) =>
  useCallback((next: Partial<S>, replace = true) => void navigate({ search: (now) => ({ ...now, ...next }), replace }), [navigate]);

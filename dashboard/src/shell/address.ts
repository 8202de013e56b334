// What the address of a view says, read strictly: anybody may have written it.

export const textIn = (value: unknown) => (typeof value === 'string' && value ? value : undefined);

export const oneOf = <T extends string>(known: readonly T[], value: unknown) => known.find((one) => one === String(value));

export const isSet = (value: unknown) => value === true || undefined;

export type Search = Record<string, unknown>;

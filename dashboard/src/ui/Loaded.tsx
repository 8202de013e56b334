import type { ReactNode } from 'react';
import { Failed } from './Empty';

// Answer is what a question to the API has come to so far.
export interface Answer<T> {
  data?: T;
  error: unknown;
  refetch: () => unknown;
}

interface Props<T> {
  answer: Answer<T>;
  // outline is how much room is kept until it is there, as classes.
  outline: string;
  // label is what is being waited for.
  label: string;
  children: (data: T) => ReactNode;
}

// Loaded shows what was read; until then its outline, or why it cannot be read.
export function Loaded<T>({ answer: { data, error, refetch }, outline, label, children }: Props<T>) {
  if (data !== undefined) return children(data);
  if (error) return <Failed error={error} again={refetch} />;
  return <div className={`ghost ${outline}`} role="status" aria-busy="true" aria-label={label} />;
}

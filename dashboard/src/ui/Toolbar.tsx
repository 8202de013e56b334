import type { ReactNode } from 'react';

// Toolbar is above a list: a search, filters, and what one can begin. On a small
// screen the search has a line to itself where the others would not fit beside it.
export const Toolbar = ({ children }: { children: ReactNode }) => (
  <div className="mb-4 flex flex-wrap items-center gap-2 max-sm:has-[>:nth-child(3)]:[&>:first-child]:basis-full">{children}</div>
);

import type { ReactNode } from 'react';

// Notice is where it is said what went wrong; it is read aloud when it changes.
export const Notice = ({ children }: { children?: ReactNode }) => (
  <p role="alert" className="text-bad whitespace-pre-line empty:hidden">
    {children}
  </p>
);

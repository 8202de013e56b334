import type { ComponentProps, ReactNode } from 'react';
import { Spinner } from './Spinner';

const kinds = {
  strong: 'border-edge bg-fill text-label font-medium hover:brightness-95 dark:hover:brightness-110',
  plain: 'border-line bg-card text-ink hover:bg-wash',
  quiet: 'border-transparent text-dim hover:bg-wash hover:text-ink',
  danger: 'border-bad bg-card text-bad font-medium hover:bg-bad-wash',
};

export interface ButtonLook {
  kind?: keyof typeof kinds;
  // wide fills the line, as on a card.
  wide?: boolean;
}

export const buttonLook = ({ kind = 'plain', wide }: ButtonLook = {}) =>
  `control inline-flex items-center justify-center gap-2 rounded-lg border px-3 py-1.5 text-center transition-colors disabled:opacity-50 ${kinds[kind]} ${wide ? 'w-full min-h-11' : ''}`;

type Props = ComponentProps<'button'> & ButtonLook & { busy?: boolean; icon?: ReactNode };

// Button keeps the focus while it is busy, which it would lose if it were
// switched off; it is not pressed twice.
export function Button({ kind, wide, busy, icon, className = '', children, onClick, type = 'button', ...rest }: Props) {
  return (
    <button
      {...rest}
      type={type}
      className={`${buttonLook({ kind, wide })} ${className}`}
      aria-busy={busy}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  );
}

// IconButton is a button that shows a picture only: its name is read aloud, and
// shown to who waits on it.
export function IconButton({ label, className = '', children, ...rest }: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={`control inline-flex min-w-9 items-center justify-center rounded-lg text-dim hover:bg-wash hover:text-ink pointer-coarse:min-w-11 ${className}`}
    >
      {children}
    </button>
  );
}

import type { ReactNode } from 'react';
import { isRefusal } from '../api/refusal';
import { say } from '../words/say';
import { told } from '../words/trouble';
import { Button } from './Button';

interface Props {
  icon?: ReactNode;
  title: string;
  // whole is whether it stands for the whole page, whose heading it then is.
  whole?: boolean;
  children?: ReactNode;
}

// Empty stands where there is nothing yet: what it is, and what to do about it.
export const Empty = ({ icon, title, whole, children }: Props) => (
  <div className="mx-auto flex max-w-sm flex-col items-center gap-2 px-6 py-12 text-center">
    {icon && (
      <div aria-hidden="true" className="mb-1 grid size-11 place-items-center rounded-xl bg-wash text-dim">
        {icon}
      </div>
    )}
    {whole ? <h1 className="font-semibold">{title}</h1> : <p className="font-semibold">{title}</p>}
    {children && <div className="space-y-3 text-dim">{children}</div>}
  </div>
);

// NothingFound stands where nothing is as it was asked for.
export const NothingFound = () => (
  <Empty title={say('nothing.found')}>
    <p>{say('nothing.found.text')}</p>
  </Empty>
);

// lasting is whether the same request fails again.
const lasting = (error: unknown) => isRefusal(error, 400, 414, 422);

// Failed stands where something could not be had.
export function Failed({ error, again, whole }: { error: unknown; again: () => void; whole?: boolean }) {
  const trouble = told(error);
  return (
    <div role="alert">
      <Empty whole={whole} title={trouble.title}>
        <p>{trouble.sentence}</p>
        {lasting(error) || <Button onClick={again}>{say('again')}</Button>}
      </Empty>
    </div>
  );
}

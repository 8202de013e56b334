import { type ReactNode, useEffect, useState } from 'react';
import { usePrincipal } from '../api/me';
import * as session from '../api/session';
import { Button } from '../ui/Button';
import { until } from '../words/format';
import { say } from '../words/say';

const minute = 60_000;

// Disguise tells staff who look as a user that they do, for how long yet, and
// how to stop. What they look at is shown within it, and so never without it.
export function Disguise({ children }: { children: ReactNode }) {
  const { actor, name } = usePrincipal();
  const left = useLeft();
  if (!actor) return children;
  return (
    <>
      <div
        role="status"
        className="sticky top-0 z-30 flex flex-wrap items-center justify-center gap-x-4 gap-y-1 border-b border-warn bg-warn-wash px-4 py-1.5 text-warn"
      >
        <span>{say('disguise', { name, actor: actor.name })}</span>
        {left && <span className="text-[13px]">{say('disguise.left', { left })}</span>}
        <Button
          onClick={() => {
            session.stopPretending();
            location.assign('/');
          }}
        >
          {say('disguise.stop')}
        </Button>
      </div>
      {children}
    </>
  );
}

function useLeft() {
  const [expiry] = useState(session.expiry);
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      tick((n) => n + 1);
      if (expiry && expiry.getTime() < Date.now()) session.setEnded(true);
    }, minute / 4);
    return () => clearInterval(timer);
  }, [expiry]);
  return expiry && until(expiry);
}

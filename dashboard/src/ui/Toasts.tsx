import { Toast as Base } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { useEffect } from 'react';
import { say } from '../words/say';
import { settle } from './focus';
import { showBy } from './toast';

type Undo = { undo?: () => void };

const brief = 6_000;
const long = 12_000;

// Toasts shows what toast tells, above everything else.
export const Toasts = () => (
  <Base.Provider limit={3}>
    <Base.Portal>
      <Base.Viewport
        aria-label={say('notifications')}
        className="fixed inset-x-4 top-2 z-50 mx-auto flex max-w-sm flex-col gap-2 sm:top-auto sm:right-6 sm:bottom-3 sm:left-auto sm:mx-0"
      >
        <List />
      </Base.Viewport>
    </Base.Portal>
  </Base.Provider>
);

function List() {
  const { toasts: shown, add, close } = Base.useToastManager<Undo>();
  useEffect(() => {
    showBy(({ title, undo, bad }) => {
      add({ title, type: bad ? 'bad' : 'good', priority: bad ? 'high' : 'low', timeout: undo || bad ? long : brief, data: { undo } });
    });
  }, [add]);
  return shown.map((told) => (
    <Base.Root
      key={told.id}
      toast={told}
      className={`flex w-full items-center gap-3 rounded-xl border bg-raised px-4 py-2.5 shadow-lg data-limited:hidden ${told.type === 'bad' ? 'border-bad text-bad' : ''}`}
    >
      <Base.Title className="min-w-0 flex-1 font-normal" render={<p />} />
      {told.data?.undo && (
        <Base.Action
          className="control flex-none rounded-lg px-2 font-medium text-link hover:bg-wash"
          onClick={() => {
            told.data?.undo?.();
            close(told.id);
            settle();
          }}
        >
          {say('undo')}
        </Base.Action>
      )}
      <Base.Close
        aria-label={say('close')}
        onClick={() => settle()}
        className="control grid min-w-9 flex-none place-items-center rounded-lg text-dim hover:bg-wash hover:text-ink"
      >
        <X aria-hidden="true" className="size-4" />
      </Base.Close>
    </Base.Root>
  ));
}

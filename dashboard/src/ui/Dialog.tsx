import { Dialog as Base } from '@base-ui/react/dialog';
import { useBlocker } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { say } from '../words/say';
import { Button } from './Button';
import { useFocusBack } from './focus';

interface Props {
  title: string;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
}

// Dialog is open for as long as it is there. One that something was typed into asks
// before it closes.
export function Dialog({ title, onClose, wide, children }: Props) {
  const typed = useRef(false);
  // asking is where the keyboard was when it was asked.
  const [asking, setAsking] = useState<Element | null>(null);
  const popup = useRef<HTMLDivElement>(null);
  useFocusBack();
  // A form that changes something asks by itself, however one leaves it.
  const loses = () => typed.current && popup.current?.querySelector('[data-guarded]') === null;
  // What closes a dialog goes on; the browser's own buttons and keys go back.
  const leaving = useBlocker({
    shouldBlockFn: ({ action }) => ['BACK', 'FORWARD', 'GO'].includes(action) && loses(),
    enableBeforeUnload: loses,
    withResolver: true,
  });
  function keep() {
    leaving.reset?.();
    if (asking instanceof HTMLElement) asking.focus();
    setAsking(null);
  }
  function close() {
    if (asking) return keep();
    if (popup.current?.querySelector('form[aria-busy=true]')) return;
    if (loses()) setAsking(document.activeElement ?? document.body);
    else onClose();
  }
  return (
    <Base.Root open onOpenChange={(open) => !open && close()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/45" />
        <Base.Popup
          ref={popup}
          initialFocus={() => (popup.current?.contains(document.activeElement) ? false : popup.current)}
          onClick={(event) => {
            if (event.target instanceof Element && event.target.closest('[data-edits]')) typed.current = true;
          }}
          onInput={() => {
            typed.current = true;
          }}
          className={`fixed inset-x-0 bottom-0 z-40 flex max-h-[92dvh] w-full flex-col overflow-hidden rounded-t-2xl border border-line bg-card shadow-xl sm:inset-auto sm:top-[8dvh] sm:left-1/2 sm:max-h-[84dvh] sm:-translate-x-1/2 outline-none sm:rounded-2xl ${wide ? 'sm:max-w-4xl' : 'sm:max-w-md'}`}
        >
          <div className="flex flex-none items-start justify-between gap-4 p-5 pb-0 sm:p-6 sm:pb-0">
            <Base.Title dir="auto" className="text-lg font-semibold text-balance">
              {title}
            </Base.Title>
            <Base.Close
              aria-label={say('close')}
              className="control -mt-1.5 -mr-2 inline-flex min-w-9 flex-none items-center justify-center rounded-lg text-dim hover:bg-wash hover:text-ink"
            >
              <X aria-hidden="true" className="size-4" />
            </Base.Close>
          </div>
          {(asking || leaving.status === 'blocked') && (
            <div role="alert" className="mx-5 mt-3 flex flex-wrap items-center gap-2 rounded-lg bg-warn-wash p-2.5 text-warn sm:mx-6">
              <span className="flex-1">{say('discard')}</span>
              <Button autoFocus onClick={keep}>
                {say('discard.no')}
              </Button>
              <Button kind="danger" onClick={leaving.proceed ?? onClose}>
                {say('discard.yes')}
              </Button>
            </div>
          )}
          <div className="min-h-0 scroll-pb-20 overflow-y-auto overscroll-contain p-5 pt-4 sm:p-6 sm:pt-4">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

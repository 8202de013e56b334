import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { usePrincipal } from '../api/me';
import { may } from '../api/rights';

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

// openPalette opens the palette from a button.
export const openPalette = () => dispatchEvent(new Event('palette'));

// useShortcuts has / search, c open a client, and ⌘K or Ctrl K find anything.
export function useShortcuts() {
  const [palette, setPalette] = useState(false);
  const navigate = useNavigate();
  const create = may(usePrincipal(), 'create');
  useEffect(() => {
    const open = () => setPalette(true);
    function pressed(event: KeyboardEvent) {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setPalette((now) => !now);
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || typing(event.target) || document.querySelector('[role=dialog]')) return;
      if (event.key === '/') {
        const field = document.querySelector<HTMLInputElement>('[data-slash]');
        field?.focus();
        field?.select();
        if (field) event.preventDefault();
      } else if (event.key === 'c' && create) {
        event.preventDefault();
        void navigate({ to: '/clients', search: (now: object) => ({ ...now, new: true }) });
      }
    }
    addEventListener('keydown', pressed);
    addEventListener('palette', open);
    return () => {
      removeEventListener('keydown', pressed);
      removeEventListener('palette', open);
    };
  }, [navigate, create]);
  return { palette, closePalette: useCallback(() => setPalette(false), []) };
}

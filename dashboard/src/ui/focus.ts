// Where the keyboard is once what it was on has gone.
import { useEffect, useState } from 'react';

// opener is what somebody has just pressed: of a menu, the button that opens it.
function opener() {
  const at = document.activeElement;
  const menu = at?.closest('[role=menu]');
  return (menu && document.querySelector(`[aria-controls="${CSS.escape(menu.id)}"]`)) ?? at;
}

// settle puts the keyboard where it was, or where that has gone, on the page's own
// part: never is it nowhere. Where something else has it already, it stays there.
export function settle(where?: Element | null) {
  requestAnimationFrame(() => {
    const now = document.activeElement;
    if (now && now !== document.body) return;
    const there = where instanceof HTMLElement && where.isConnected && where !== document.body;
    (there ? where : document.querySelector<HTMLElement>('main'))?.focus({ preventScroll: true });
  });
}

// useFocusBack has the keyboard go back, when this is over, to where it came from.
export function useFocusBack() {
  const [from] = useState(opener);
  useEffect(() => () => settle(from), [from]);
}

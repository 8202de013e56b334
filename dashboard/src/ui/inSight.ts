import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

// useInSight keeps the link to the page that is shown in sight, in a row of links
// that is longer than the screen is wide.
export function useInSight() {
  const row = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: which link is current follows from the address
  useEffect(() => {
    const { current } = row;
    if (!current) return;
    const show = () => current.querySelector('[aria-current=page]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
    const sized = new ResizeObserver(show); // which tells of the first size, too
    sized.observe(current);
    return () => sized.disconnect();
  }, [pathname]);
  return row;
}

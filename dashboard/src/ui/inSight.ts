import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

// useInSight keeps the link to the page that is shown in sight, in a row of links
// that is longer than the screen is wide, and marks at which ends there are more.
export function useInSight() {
  const row = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: which link is current follows from the address
  useEffect(() => {
    const { current } = row;
    if (!current) return;
    const mark = () => {
      const { scrollLeft, clientWidth, scrollWidth } = current;
      const more = [scrollLeft > 4 && 'before', scrollLeft + clientWidth < scrollWidth - 4 && 'after'];
      current.dataset.more = more.filter(Boolean).join(' ');
    };
    const show = () => {
      current.querySelector('[aria-current=page]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
      mark();
    };
    const sized = new ResizeObserver(show); // which tells of the first size, too
    sized.observe(current);
    current.addEventListener('scroll', mark, { passive: true });
    return () => {
      sized.disconnect();
      current.removeEventListener('scroll', mark);
    };
  }, [pathname]);
  return row;
}

import { Outlet } from '@tanstack/react-router';
import { later } from '../ui/later';

import { useToasted } from '../ui/toast';

const Toasts = later(async () => (await import('../ui/Toasts')).Toasts);

// Root is around every view.
export function Root() {
  const toasted = useToasted();
  return (
    <>
      <Outlet />
      {toasted && <Toasts />}
    </>
  );
}

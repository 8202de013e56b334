import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';

// Drawer holds on a small screen what stands at the side of a large one.
export const Drawer = ({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) => (
  <Base.Root open onOpenChange={(open) => !open && onClose()}>
    <Base.Portal>
      <Base.Backdrop className="fixed inset-0 z-40 bg-black/45" />
      <Base.Popup className="fixed inset-y-0 start-0 z-40 flex w-72 max-w-[85vw] flex-col gap-4 overflow-y-auto border-e bg-card p-3 shadow-xl">
        <Base.Title className="sr-only">{title}</Base.Title>
        {children}
      </Base.Popup>
    </Base.Portal>
  </Base.Root>
);

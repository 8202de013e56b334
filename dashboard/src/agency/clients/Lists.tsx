import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { DraggingProps } from './Dragging';

interface Props extends Omit<DraggingProps, 'children'> {
  // places are where the lists stand: each is put there from here.
  places: { at: HTMLElement | null; list: ReactNode }[];
}

// Lists are both lists, between which agents are moved. They are put into their
// columns from one place, so that what moves them can come after them: nothing
// else on the page, such as what is being typed into a search, is made anew then.
export function Lists({ places, ...rest }: Props) {
  const Dragging = useDragging();
  const lists = places.map(({ at, list }) => at && createPortal(list, at));
  return Dragging ? <Dragging {...rest}>{lists}</Dragging> : lists;
}

// useDragging is what moves agents, once it is there. Who can't have it, as when the
// way is lost, still has the buttons.
function useDragging() {
  const [Dragging, setDragging] = useState<ComponentType<DraggingProps>>();
  useEffect(() => {
    import('./Dragging').then(
      (module) => setDragging(() => module.Dragging),
      () => {},
    );
  }, []);
  return Dragging;
}

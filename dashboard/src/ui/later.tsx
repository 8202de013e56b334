import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { Refusal } from '../api/refusal';
import { sentence } from '../words/trouble';
import { toast } from './toast';

// later is a component that is loaded when it is first wanted, such as a dialog.
// Where it can't be, that is said and the rest of the page stays as it is; and it
// is tried again when it is wanted again: a dialog counts as closed.
export function later<P extends object>(load: () => Promise<ComponentType<P>>) {
  let loaded: ComponentType<P> | undefined;
  // biome-ignore lint/correctness/noComponentHookFactories: it is made once for each module, not while rendering
  return function Later({ meanwhile, ...props }: P & { meanwhile?: ReactNode }) {
    const [Loaded, setLoaded] = useState(() => loaded);
    const { onClose } = props as { onClose?: () => void };
    // biome-ignore lint/correctness/useExhaustiveDependencies: it is loaded once, whatever it would be closed by
    useEffect(() => {
      if (Loaded) return;
      load().then(
        (component) => {
          loaded = component;
          setLoaded(() => component);
        },
        () => {
          toast({ title: sentence(new Refusal(0)), bad: true });
          onClose?.();
        },
      );
    }, [Loaded]);
    return Loaded ? <Loaded {...(props as unknown as P)} /> : meanwhile;
  };
}

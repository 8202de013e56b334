import { useBlocker } from '@tanstack/react-router';
import { Confirm } from './Confirm';

interface Props {
  // loses is whether something would be lost now.
  loses: () => boolean;
  title: string;
  text: string;
  action: string;
}

// Leaving asks whoever would leave a page, or close it, while something would be lost.
export function Leaving({ loses, title, text, action }: Props) {
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) => loses() && current.pathname !== next.pathname,
    enableBeforeUnload: loses,
    withResolver: true,
  });
  return (
    leaving.status === 'blocked' && (
      <Confirm title={title} consequences={[text]} action={action} send={async () => leaving.proceed()} onClose={() => leaving.reset()} />
    )
  );
}

import { useSyncExternalStore } from 'react';
import { say } from '../words/say';

function listen(listener: () => void) {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

// Offline says so, while the browser has no way out: what is shown may be old, and
// nothing can be saved.
export function Offline() {
  const online = useSyncExternalStore(listen, () => navigator.onLine);
  return (
    <p role="status" className="bg-warn-wash px-4 py-1.5 text-center text-warn empty:hidden">
      {online ? '' : `${say('offline.title')}. ${say('offline.text')}`}
    </p>
  );
}

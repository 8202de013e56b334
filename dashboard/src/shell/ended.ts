import { useEffect, useSyncExternalStore } from 'react';
import { queries } from '../api/client';
import * as session from '../api/session';

// useEnded is whether the session has ended. Where another tab signs in again,
// this one goes on; where it becomes somebody else, this one starts anew.
export function useEnded() {
  useEffect(
    () =>
      session.onElsewhere((change) => {
        if (change === 'other') location.assign('/');
        else if (change === 'out') session.setEnded(true);
        else if (session.ended()) {
          session.setEnded(false);
          void queries.invalidateQueries();
        }
      }),
    [],
  );
  return useSyncExternalStore(session.onEnded, session.ended);
}

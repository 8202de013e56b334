import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useMe } from '../api/me';

let last: string | undefined;

// useAgent is the agent of the address, else the one that was looked at last, else
// the first of one's own.
export function useAgent() {
  const { agents } = useMe();
  const { agent } = useParams({ strict: false });
  const now = [agent, last].flatMap((wanted) => agents.find(({ id }) => id === wanted) ?? [])[0] ?? agents[0];
  useEffect(() => {
    last = now?.id;
  }, [now]);
  return now;
}

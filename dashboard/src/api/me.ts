import { wear } from '../brand/face';
import { speak } from '../words/say';
import { $api, queries, type Schemas } from './client';

export type Me = Schemas['Me'];
export type Principal = NonNullable<Me['principal']>;

export const meQuery = $api.queryOptions('get', '/v1/me', {}, { staleTime: 60_000 });

// meet finds out who is signed in, and takes on their language and brand.
export async function meet(): Promise<Me> {
  const me = await queries.ensureQueryData(meQuery);
  await speak(me.principal?.language, me.organization?.language, me.workspace.language);
  wear(me.brand);
  return me;
}

// useMe is whoever is signed in: pages are shown once that is known.
export const useMe = () => $api.useSuspenseQuery('get', '/v1/me', {}, { staleTime: 60_000 }).data;

// usePrincipal is who one is here, once that was chosen.
export function usePrincipal(): Principal {
  const { principal } = useMe();
  if (!principal) throw new Error('nobody has been chosen to be');
  return principal;
}

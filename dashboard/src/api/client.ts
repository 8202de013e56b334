// The API's client, generated from its description: paths, parameters and answers
// are the compiler's business.
import { QueryClient } from '@tanstack/react-query';
import createClient from 'openapi-fetch';
import createQueryClient from 'openapi-react-query';
import { isRefusal } from './refusal';
import type { components, paths } from './schema';
import { send } from './send';
import * as session from './session';

export type Schemas = components['schemas'];

// asPrincipal sends a request for whoever is signed in, and once more when their
// token has run out.
async function asPrincipal(request: Request) {
  const signed = (token: string) => {
    const again = request.clone();
    again.headers.set('Authorization', `Bearer ${token}`);
    return again;
  };
  const token = await session.token();
  try {
    return await send(signed(token));
  } catch (refusal) {
    if (!isRefusal(refusal, 401)) throw refusal;
    return send(signed(await session.renew(token)));
  }
}

// written is a query with what was said of it: what is empty is not asked for.
const written = (query: Record<string, unknown>) =>
  new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]])),
  ).toString();

// api calls as whoever is signed in; open as nobody, where a link says enough.
export const api = createClient<paths>({ fetch: asPrincipal, querySerializer: written });
export const open = createClient<paths>({ fetch: send, querySerializer: written });

// $api is the same for views: what was read is kept and shared.
export const $api = createQueryClient(api);

const attempts = 3;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      networkMode: 'always',
      retry: (failures, error) => failures < attempts && isRefusal(error) && error.passing && error.status !== 429,
    },
    mutations: { networkMode: 'always' },
  },
});

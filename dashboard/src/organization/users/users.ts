import { add, drop, put, revise } from '../../api/cache';
import { $api, api, type Schemas } from '../../api/client';
import { recount } from '../organization';
import type { UsersSearch } from './search';

export type User = Schemas['User'];
export const path = '/v1/organizations/{o}/users' as const;
const one = '/v1/organizations/{o}/users/{u}' as const;

const pageOf = 50;

export const useUsers = (o: string, { q, status, role, team, agent, cursor }: UsersSearch) =>
  $api.useQuery('get', path, { params: { path: { o }, query: { limit: pageOf, q, status, role, team, agent, cursor } } });

export const useUser = (o: string, u: string) => $api.useQuery('get', one, { params: { path: { o, u } } });

function know(o: string, user: User) {
  put(one, { o, u: user.id }, user);
  revise<User>(path, user.id, () => user, { path: { o } });
  return user;
}

export async function addUser(o: string, body: Schemas['UserFields']) {
  const { data } = await api.POST(path, { params: { path: { o } }, body });
  if (!data) return;
  add<User>(path, data, { path: { o } });
  recount(o, 'users', 1);
}

export async function updateUser(o: string, u: string, edits: Partial<User>, version?: number) {
  const header = version ? { 'If-Match': `"${version}"` } : undefined;
  const { data } = await api.PATCH(one, { params: { path: { o, u }, header }, body: edits });
  return data && know(o, data);
}

export async function latestUser(o: string, u: string) {
  const { data } = await api.GET(one, { params: { path: { o, u } } });
  return data && know(o, data);
}

export async function removeUser(o: string, u: string) {
  await api.DELETE(one, { params: { path: { o, u } } });
  drop(path, u, { path: { o } });
  recount(o, 'users', -1);
}

import { add, put, queriesOf } from '../../api/cache';
import { $api, api, type Schemas } from '../../api/client';
import { recount } from '../organization';

export type Team = Schemas['Team'];
export const path = '/v1/organizations/{o}/teams' as const;
const one = '/v1/organizations/{o}/teams/{t}' as const;

// most is how many teams an organization can have: they are read at once.
const most = 200;

export const useTeams = (o: string) => $api.useQuery('get', path, { params: { path: { o }, query: { limit: most } } });

export const useTeam = (o: string, t: string) => $api.useQuery('get', one, { params: { path: { o, t } } });

function know(o: string, team: Team) {
  put(one, { o, t: team.key }, team);
  queriesOf<Team>(path, { path: { o } }, (teams) => teams.map((kept) => (kept.key === team.key ? team : kept)));
  return team;
}

export async function createTeam(o: string, body: Schemas['TeamCreateInputBody']) {
  const { data } = await api.POST(path, { params: { path: { o } }, body });
  if (!data) return;
  add<Team>(path, data, { path: { o } });
  recount(o, 'teams', 1);
}

export async function updateTeam(o: string, t: string, edits: Partial<Team>, version: number) {
  const header = { 'If-Match': `"${version}"` };
  const { data } = await api.PATCH(one, { params: { path: { o, t }, header }, body: edits });
  return data && know(o, data);
}

export async function latestTeam(o: string, t: string) {
  const { data } = await api.GET(one, { params: { path: { o, t } } });
  return data && know(o, data);
}

export async function deleteTeam(o: string, t: string) {
  await api.DELETE(one, { params: { path: { o, t } } });
  queriesOf<Team>(path, { path: { o } }, (teams) => teams.filter(({ key }) => key !== t));
  recount(o, 'teams', -1);
}

// setMember puts a user into a team, or takes them out of it: shown at once, and
// taken back where it is refused.
export async function setMember(o: string, team: Team, u: string, member: boolean) {
  const members = member ? [...team.members, u] : team.members.filter((other) => other !== u);
  know(o, { ...team, members });
  const params = { path: { o, t: team.key, u } };
  try {
    if (member) await api.PUT('/v1/organizations/{o}/teams/{t}/members/{u}', { params });
    else await api.DELETE('/v1/organizations/{o}/teams/{t}/members/{u}', { params });
    await latestTeam(o, team.key);
  } catch (error) {
    know(o, team);
    throw error;
  }
}

const longest = 40;

// keyFor is a key made of a label, as the API takes them: small letters and underscores.
export const keyFor = (label: string) =>
  label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '_')
    .replace(/^_+/, '')
    .slice(0, longest)
    .replace(/_+$/, '');

export const isKey = (key: string) => /^[a-z][a-z_]*$/.test(key) && key.length <= longest;

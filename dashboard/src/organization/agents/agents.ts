import { drop, revise } from '../../api/cache';
import { $api, api, type Schemas } from '../../api/client';
import { paged, usePool } from '../../api/pool';
import { recount } from '../organization';

export type Assigned = Schemas['AssignmentAssigned'];
export const path = '/v1/organizations/{o}/agents' as const;
const one = '/v1/organizations/{o}/agents/{a}' as const;
const most = 200;

export const assignedQuery = (o: string) => ({ params: { path: { o }, query: { limit: most } } });

// useAgents are the agents that an organization has; none for no organization.
export function useAgents(o?: string) {
  const pool = usePool($api.useInfiniteQuery('get', path, assignedQuery(o ?? ''), { ...paged, enabled: Boolean(o) }));
  return { ...pool, items: pool.items as Assigned[] };
}

// setSections changes what the client sees of an agent.
export async function setSections(o: string, agent: Assigned, sections: Assigned['assignment']['sections']) {
  const header = { 'If-Match': `"${agent.assignment.version}"` };
  const { data } = await api.PUT(one, { params: { path: { o, a: agent.id }, header }, body: { sections } });
  if (data) revise<Assigned>(path, agent.id, () => data, { path: { o } });
}

export async function unassign(o: string, agent: Assigned) {
  await api.DELETE(one, { params: { path: { o, a: agent.id } } });
  drop(path, agent.id, { path: { o } });
  recount(o, 'agents', -1);
  revise<Schemas['Agent']>('/v1/agents', agent.id, (a) => ({ ...a, organizationCount: a.organizationCount - 1 }));
}

import { drop, revise } from '../../api/cache';
import { $api, api, type Schemas } from '../../api/client';
import { recount } from '../organization';

export type Assigned = Schemas['AssignmentAssigned'];
const path = '/v1/organizations/{o}/agents' as const;
const one = '/v1/organizations/{o}/agents/{a}' as const;
const most = 200;

// useAgents are the agents that an organization has.
export const useAgents = (o: string) => $api.useQuery('get', path, { params: { path: { o }, query: { limit: most } } });

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

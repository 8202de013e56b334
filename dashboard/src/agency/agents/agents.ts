import { add, drop, put, revise } from '../../api/cache';
import { $api, api, type Schemas } from '../../api/client';
import type { AgentsSearch } from './search';

export type Agent = Schemas['Agent'];
export type Fields = Schemas['AgentFields'];
const path = '/v1/agents' as const;
const one = '/v1/agents/{a}' as const;

const pageOf = 50;

export const useAgents = ({ q, status, assigned, cursor }: AgentsSearch) =>
  $api.useQuery('get', path, { params: { query: { limit: pageOf, q, status, assigned, cursor } } });

export const useAgent = (a: string) => $api.useQuery('get', one, { params: { path: { a } } });

function know(agent: Agent) {
  put(one, { a: agent.id }, agent);
  revise<Agent>(path, agent.id, () => agent);
  return agent;
}

export async function createAgent(body: Fields) {
  const { data } = await api.POST(path, { body });
  if (data) add<Agent>(path, know(data));
}

export async function updateAgent(a: string, edits: Partial<Agent>, version: number) {
  const { data } = await api.PATCH(one, { params: { path: { a }, header: { 'If-Match': `"${version}"` } }, body: edits });
  return data && know(data);
}

export async function latestAgent(a: string) {
  const { data } = await api.GET(one, { params: { path: { a } } });
  return data && know(data);
}

export async function deleteAgent(a: string) {
  await api.DELETE(one, { params: { path: { a } } });
  drop(path, a);
}

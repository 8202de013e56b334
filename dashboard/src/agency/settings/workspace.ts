import { $api, api, queries, type Schemas } from '../../api/client';
import { meet, meQuery } from '../../api/me';

export type Workspace = Schemas['Workspace'];

export const workspaceQuery = $api.queryOptions('get', '/v1/workspace', {});

export const useWorkspace = () => $api.useSuspenseQuery('get', '/v1/workspace', {}).data;

// know keeps the agency as it is now, and has its own pages wear it.
function know(workspace: Workspace) {
  queries.setQueryData(['get', '/v1/workspace', {}], workspace);
  void queries.invalidateQueries({ queryKey: meQuery.queryKey }).then(meet);
  return workspace;
}

export async function updateWorkspace(edits: Partial<Workspace>, version?: number) {
  const header = version ? { 'If-Match': `"${version}"` } : undefined;
  const { data } = await api.PATCH('/v1/workspace', { params: { header }, body: edits as never });
  return data && know(data);
}

export async function latestWorkspace() {
  const { data } = await api.GET('/v1/workspace');
  return data && know(data);
}

export { know };

import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { $api } from '../../api/client';
import { useMe } from '../../api/me';
import { useAgents } from '../agents/agents';
import { useOrganizationId } from '../organization';
import { AccessView } from './AccessView';
import { useUser } from './users';

const route = getRouteApi('/in/organizations/$org/users/$user/access');

// AccessPage explains a user's access to one agent at a time, over the list of users.
export function AccessPage() {
  const o = useOrganizationId();
  const { user: u } = route.useParams();
  const { agent: asked } = route.useSearch();
  const navigate = useNavigate();
  const user = useUser(o, u);
  const agents = useAgents(o);
  const agent = asked ?? agents.items[0]?.id;
  const answer = $api.useQuery(
    'get',
    '/v1/organizations/{o}/users/{u}/access',
    { params: { path: { o, u }, query: { agent: agent ?? '' } } },
    { enabled: Boolean(agent) },
  );
  return (
    <AccessView
      name={user.data?.name ?? '…'}
      agents={agents.items}
      none={!agents.loading && !agents.error && agents.items.length === 0}
      agent={agent}
      onAgent={(id) =>
        void navigate({ to: '/organizations/$org/users/$user/access', params: { org: o, user: u }, search: { agent: id }, replace: true })
      }
      tabs={useMe().workspace.customTabs}
      answer={agents.error ? { error: agents.error, refetch: agents.again } : answer}
      onClose={() => void navigate({ to: '/organizations/$org/users', params: { org: o }, search: {} })}
    />
  );
}

import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { $api } from '../../api/client';
import { usePrincipal } from '../../api/me';
import { paged, usePool } from '../../api/pool';
import { may } from '../../api/rights';
import { useAgents } from '../../organization/agents/agents';
import { useChange } from '../../shell/address';
import { later } from '../../ui/later';
import { useTitle } from '../../ui/Page';
import { say } from '../../words/say';
import { assign, type Organization, unassign } from './assignments';
import { ClientsView } from './ClientsView';

const OpenClient = later(async () => (await import('./OpenClient')).OpenClient);

const route = getRouteApi('/in/staff/clients');
const page = 200;

// ClientsPage is the agency's clients and its agents, side by side.
export function ClientsPage() {
  const search = route.useSearch();
  const principal = usePrincipal();
  const change = useChange(route.useNavigate());

  const { q, status, agent, org, aq, assigned } = search;
  const organizations = usePool(
    $api.useInfiniteQuery('get', '/v1/organizations', { params: { query: { limit: page, q, status, agent } } }, paged),
  );
  const agents = usePool($api.useInfiniteQuery('get', '/v1/agents', { params: { query: { limit: page, q: aq, assigned } } }, paged));
  // The selected client is shown though the list was not read as far as it.
  const narrowed = Boolean(q || status || agent);
  const listed = organizations.loading || narrowed || organizations.items.some(({ id }) => id === org);
  const selected = $api.useQuery(
    'get',
    '/v1/organizations/{o}',
    { params: { path: { o: org ?? '' } } },
    { enabled: Boolean(org) && !listed },
  );
  const items = !listed && selected.data ? [selected.data as Organization, ...organizations.items] : organizations.items;
  const of = useAgents(org);
  useTitle(say('clients'));
  const filtering = $api.useQuery('get', '/v1/agents/{a}', { params: { path: { a: agent ?? '' } } }, { enabled: Boolean(agent) });
  const rights = useMemo(() => ({ create: may(principal, 'create'), assign: may(principal, 'assign') }), [principal]);

  return (
    <>
      <ClientsView
        organizations={{ ...organizations, items }}
        {...{ search, change, agents, assigned: of, rights, assign, unassign }}
        onlyOf={filtering.data?.name}
      />
      {search.new && rights.create && (
        <OpenClient
          onOpened={(organization) => change({ new: undefined, org: organization.id })}
          onClose={() => change({ new: undefined })}
        />
      )}
    </>
  );
}

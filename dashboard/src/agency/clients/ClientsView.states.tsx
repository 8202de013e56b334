import type { Entry } from '../../catalogue/main';
import { agent, assigned, nothing, organization, pool, unavailable } from '../../catalogue/samples';
import { ClientsView } from './ClientsView';

const organizations = pool([
  organization('Café del Mar'),
  organization('شركة الميناء', { status: 'suspended' }),
  organization('W'.repeat(120), { status: 'archived' }),
]);
const agents = pool([agent('Concierge'), agent('Night desk', { status: 'paused', organizationCount: 0 })]);
const has = pool([assigned('Concierge')]);
const none = pool([]);
const all = { create: true, assign: true };
const view = { search: {}, change: nothing, organizations, agents, assigned: none, rights: all, assign: async () => [], unassign: nothing };

export default {
  title: 'ClientsView',
  states: {
    default: () => <ClientsView {...view} />,
    selected: () => <ClientsView {...view} search={{ org: 'org_Café del Mar' }} assigned={has} />,
    empty: () => <ClientsView {...view} organizations={none} agents={none} />,
    'nothing found': () => <ClientsView {...view} search={{ q: 'zzz', aq: 'zzz' }} organizations={none} agents={none} />,
    loading: () => <ClientsView {...view} organizations={pool([], { loading: true })} agents={pool([], { loading: true })} />,
    error: () => <ClientsView {...view} organizations={pool([], { error: unavailable })} agents={pool([], { error: unavailable })} />,
    'read-only': () => <ClientsView {...view} rights={{ create: false, assign: false }} />,
  },
} satisfies Entry;

// Every view and its address. What an address says is enough to show it again:
// search, filters and the place in a list are in it, too.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { activitySearch } from './activity/search';
import { agentsSearch } from './agency/agents/search';
import { clientsSearch } from './agency/clients/search';
import { workspaceQuery } from './agency/settings/workspace';
import { queries } from './api/client';
import { type Me, meet } from './api/me';
import { isRefusal } from './api/refusal';
import * as session from './api/session';
import { wearHost } from './brand/face';
import { Waiting } from './door/Card';
import { aim } from './door/goal';
import { invitationsSearch } from './organization/invitations/search';
import { organizationQuery } from './organization/organization';
import { usersSearch } from './organization/users/search';
import { isSet, type Search, textIn } from './shell/address';
import { Inside } from './shell/Inside';
import { Missing, Troubled, TroubledPart } from './shell/Troubled';
import { learnManaging } from './words/say';

const lazy = lazyRouteComponent;

const root = createRootRoute({ notFoundComponent: Missing, errorComponent: Troubled });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  loader: () => wearHost(),
  pendingComponent: Waiting,
  component: lazy(() => import('./door/SignIn'), 'SignIn'),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazy(() => import('./door/Invitation'), 'Invitation'),
});

// inside is what is shown to who is signed in.
const inside = createRoute({
  getParentRoute: () => root,
  id: 'in',
  beforeLoad: whoIsIn,
  component: Inside,
  pendingComponent: Waiting,
  errorComponent: Troubled,
});

async function whoIsIn({ location }: { location: { href: string } }): Promise<{ me: Me }> {
  if (!session.exists()) {
    aim(location.href);
    throw redirect({ to: '/sign-in' });
  }
  try {
    const me = await meet();
    if (!session.pretending() || me.principal?.actor) return { me };
  } catch (error) {
    if (!isRefusal(error, 401)) throw error;
    if (session.pretending()) session.stopPretending();
    else session.forget();
    session.setEnded(false);
    aim(location.href);
    throw redirect({ to: '/sign-in' });
  }
  // A link may have brought a token that is none of looking as somebody else: it is not taken.
  session.stopPretending();
  queries.clear();
  throw redirect({ to: '/' });
}

interface Context {
  context: { me: Me };
}

// Staff and clients' people have views of their own: others are taken to theirs.
function onlyFor(side: 'staff' | 'user') {
  return ({ context: { me } }: Context) => {
    if (me.principal && me.principal.type !== side) throw redirect({ to: '/', replace: true });
  };
}

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: ({ context: { me } }) => {
    if (me.principal?.type === 'staff') throw redirect({ to: '/clients', replace: true });
  },
  component: lazy(() => import('./client/Home'), 'Home'),
});

// The client's side.
const client = createRoute({ getParentRoute: () => inside, id: 'client', beforeLoad: onlyFor('user') });
const section = createRoute({
  getParentRoute: () => client,
  path: '/view/$agent/$section',
  component: lazy(() => import('./client/Section'), 'Section'),
});

const ownTeams = createRoute({
  getParentRoute: () => client,
  path: '/team',
  component: lazy(() => import('./client/TeamsPage'), 'TeamsPage'),
});

// The agency's side.
const staff = createRoute({ getParentRoute: () => inside, id: 'staff', beforeLoad: onlyFor('staff') });
const clients = createRoute({
  getParentRoute: () => staff,
  path: '/clients',
  validateSearch: clientsSearch,
  component: lazy(() => import('./agency/clients/ClientsPage'), 'ClientsPage'),
});
const agents = createRoute({
  beforeLoad: learnManaging,
  getParentRoute: () => staff,
  path: '/agents',
  validateSearch: agentsSearch,
  component: lazy(() => import('./agency/agents/AgentsPage'), 'AgentsPage'),
});
const agent = createRoute({
  getParentRoute: () => agents,
  path: '$agent',
  component: lazy(() => import('./agency/agents/AgentPage'), 'AgentPage'),
});
const log = createRoute({
  beforeLoad: learnManaging,
  getParentRoute: () => staff,
  path: '/activity',
  validateSearch: activitySearch,
  component: lazy(() => import('./agency/AgencyActivity'), 'AgencyActivity'),
});

const settings = createRoute({
  beforeLoad: learnManaging,
  getParentRoute: () => staff,
  path: '/settings',
  loader: () => queries.ensureQueryData(workspaceQuery),
  component: lazy(() => import('./agency/settings/Settings'), 'Settings'),
});
const settingsStart = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/brand', replace: true });
  },
});
const brand = createRoute({
  getParentRoute: () => settings,
  path: 'brand',
  component: lazy(() => import('./agency/settings/BrandPage'), 'BrandPage'),
});
const mail = createRoute({
  getParentRoute: () => settings,
  path: 'mail',
  component: lazy(() => import('./agency/settings/MailPage'), 'MailPage'),
});
const people = createRoute({
  getParentRoute: () => settings,
  path: 'staff',
  component: lazy(() => import('./agency/settings/StaffPage'), 'StaffPage'),
});
const tabs = createRoute({
  getParentRoute: () => settings,
  path: 'tabs',
  component: lazy(() => import('./agency/settings/TabsPage'), 'TabsPage'),
});
const issuer = createRoute({
  getParentRoute: () => settings,
  path: 'sign-in',
  component: lazy(() => import('./agency/settings/SignInPage'), 'SignInPage'),
});
const apiKeys = createRoute({
  getParentRoute: () => settings,
  path: 'api-keys',
  component: lazy(() => import('./agency/settings/ApiKeysPage'), 'ApiKeysPage'),
});

// One organization, for the agency and for the organization's own administrators.
const organization = createRoute({
  getParentRoute: () => inside,
  path: '/organizations/$org',
  beforeLoad: async ({ context: { me } }) => {
    if (me.principal?.role === 'user') throw redirect({ to: '/', replace: true });
    await learnManaging();
  },
  loader: ({ params: { org } }) => queries.ensureQueryData(organizationQuery(org)),
  component: lazy(() => import('./organization/Organization'), 'Organization'),
  errorComponent: TroubledPart,
});
const organizationStart = createRoute({
  getParentRoute: () => organization,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/organizations/$org/users', params, replace: true });
  },
});
const users = createRoute({
  getParentRoute: () => organization,
  path: 'users',
  validateSearch: usersSearch,
  component: lazy(() => import('./organization/users/UsersPage'), 'UsersPage'),
});
const user = createRoute({
  getParentRoute: () => users,
  path: '$user',
  component: lazy(() => import('./organization/users/UserPage'), 'UserPage'),
});
const access = createRoute({
  getParentRoute: () => users,
  path: '$user/access',
  validateSearch: ({ agent }: Search): { agent?: string } => ({ agent: textIn(agent) }),
  component: lazy(() => import('./organization/users/AccessPage'), 'AccessPage'),
});
const imported = createRoute({
  getParentRoute: () => organization,
  path: 'import',
  component: lazy(() => import('./organization/import/ImportPage'), 'ImportPage'),
});
const teams = createRoute({
  getParentRoute: () => organization,
  path: 'teams',
  validateSearch: (search: Search): { q?: string; new?: boolean } => ({ q: textIn(search.q), new: isSet(search.new) }),
  component: lazy(() => import('./organization/teams/TeamsPage'), 'TeamsPage'),
});
const team = createRoute({
  getParentRoute: () => teams,
  path: '$team',
  component: lazy(() => import('./organization/teams/TeamPage'), 'TeamPage'),
});
const invitations = createRoute({
  getParentRoute: () => organization,
  path: 'invitations',
  validateSearch: invitationsSearch,
  component: lazy(() => import('./organization/invitations/InvitationsPage'), 'InvitationsPage'),
});
const assigned = createRoute({
  getParentRoute: () => organization,
  path: 'agents',
  component: lazy(() => import('./organization/agents/AgentsPage'), 'AgentsPage'),
});
const info = createRoute({
  getParentRoute: () => organization,
  path: 'info',
  component: lazy(() => import('./organization/info/InfoPage'), 'InfoPage'),
});
const activity = createRoute({
  getParentRoute: () => organization,
  path: 'activity',
  validateSearch: activitySearch,
  component: lazy(() => import('./organization/OrganizationActivity'), 'OrganizationActivity'),
});

const tree = root.addChildren([
  signIn,
  invitation,
  inside.addChildren([
    home,
    client.addChildren([section, ownTeams]),
    staff.addChildren([
      clients,
      agents.addChildren([agent]),
      log,
      settings.addChildren([settingsStart, brand, mail, people, tabs, issuer, apiKeys]),
    ]),
    organization.addChildren([
      organizationStart,
      users.addChildren([user, access]),
      imported,
      teams.addChildren([team]),
      invitations,
      assigned,
      info,
      activity,
    ]),
  ]),
]);

export const router = createRouter({ routeTree: tree, defaultPreload: 'intent', defaultPendingMs: 200, scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

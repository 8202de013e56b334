import type { Entry } from '../../catalogue/main';
import { nothing, team, unavailable, user } from '../../catalogue/samples';
import { UsersView } from './UsersView';

const users = [
  user('Ann Lee', { role: 'org_admin' }),
  user('Bo Ruiz', { status: 'invited' }),
  user('علي حسن', { status: 'suspended', lastSeenAt: '2026-11-01T10:00:00Z' }),
];
const view = {
  organization: 'org_1',
  search: {},
  change: nothing,
  users,
  loading: false,
  error: null,
  again: nothing,
  teams: [team('Front desk')],
  readOnly: false,
  actions: () => null,
};

export default {
  title: 'UsersView',
  states: {
    default: () => <UsersView {...view} nextCursor="next" />,
    empty: () => <UsersView {...view} users={[]} />,
    'nothing found': () => <UsersView {...view} users={[]} search={{ q: 'zzz' }} />,
    loading: () => <UsersView {...view} users={undefined} loading />,
    error: () => <UsersView {...view} users={undefined} error={unavailable} />,
    'read-only': () => <UsersView {...view} readOnly />,
    'last page': () => <UsersView {...view} search={{ cursor: 'last' }} users={[]} />,
  },
} satisfies Entry;

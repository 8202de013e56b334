import type { Entry } from '../../catalogue/main';
import { failed, listed, nothing, team, user, waiting } from '../../catalogue/samples';
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
  answer: listed(users),
  teams: [team('Front desk')],
  readOnly: false,
  actions: () => null,
};

export default {
  title: 'UsersView',
  states: {
    default: () => <UsersView {...view} answer={listed(users, 'next')} />,
    empty: () => <UsersView {...view} answer={listed([])} />,
    'nothing found': () => <UsersView {...view} answer={listed([])} search={{ q: 'zzz' }} />,
    loading: () => <UsersView {...view} answer={waiting} />,
    error: () => <UsersView {...view} answer={failed} />,
    'read-only': () => <UsersView {...view} readOnly />,
    'last page': () => <UsersView {...view} search={{ cursor: 'last' }} answer={listed([])} />,
  },
} satisfies Entry;

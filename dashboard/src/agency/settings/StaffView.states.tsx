import type { Entry } from '../../catalogue/main';
import { nothing, person, unavailable } from '../../catalogue/samples';
import { StaffView } from './StaffView';

const view = {
  people: [person('Olga Marin', 'owner'), person('Jonas Keller', 'admin'), person('Mei Tanaka', 'member')],
  loading: false,
  error: null,
  again: nothing,
  viewer: 'owner',
  onInvite: nothing,
  onChange: nothing,
  onRemove: nothing,
};

export default {
  title: 'StaffView',
  states: {
    default: () => <StaffView {...view} />,
    'as an administrator': () => <StaffView {...view} viewer="admin" />,
    loading: () => <StaffView {...view} people={undefined} loading />,
    error: () => <StaffView {...view} people={undefined} error={unavailable} />,
    'read-only': () => <StaffView {...view} viewer="member" />,
  },
} satisfies Entry;

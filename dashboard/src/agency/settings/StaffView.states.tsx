import type { Entry } from '../../catalogue/main';
import { failed, listed, nothing, person, waiting } from '../../catalogue/samples';
import { StaffView } from './StaffView';

const view = {
  answer: listed([person('Olga Marin', 'owner'), person('Jonas Keller', 'admin'), person('Mei Tanaka', 'member')]),
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
    loading: () => <StaffView {...view} answer={waiting} />,
    error: () => <StaffView {...view} answer={failed} />,
    'read-only': () => <StaffView {...view} viewer="member" />,
  },
} satisfies Entry;

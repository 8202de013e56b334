import type { Entry } from '../catalogue/main';
import { me } from '../catalogue/samples';
import { HomeView } from './Home';

const ann = { name: 'Ann Lee', role: 'user' as const };

export default {
  title: 'HomeView',
  states: {
    default: () => <HomeView me={me([{ home: 'view', conversations: 'edit' }, { analytics: 'view' }])} principal={ann} />,
    'no sections': () => <HomeView me={me([{}])} principal={ann} />,
    empty: () => <HomeView me={me([])} principal={ann} />,
  },
} satisfies Entry;

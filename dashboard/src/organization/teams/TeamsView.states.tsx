import type { Entry } from '../../catalogue/main';
import { nothing, team, unavailable } from '../../catalogue/samples';
import { TeamsView } from './TeamsView';

const view = {
  organization: 'org_1',
  q: '',
  teams: [team('Front desk'), { ...team('استقبال'), key: 'reception', members: ['usr_1'], routing: 'least_recent' as const }],
  loading: false,
  error: null,
  again: nothing,
  readOnly: false,
  onSearch: nothing,
  onCreate: nothing,
  onRemove: nothing,
};

export default {
  title: 'TeamsView',
  states: {
    default: () => <TeamsView {...view} />,
    empty: () => <TeamsView {...view} teams={[]} />,
    'nothing found': () => <TeamsView {...view} q="zzz" />,
    loading: () => <TeamsView {...view} teams={undefined} loading />,
    error: () => <TeamsView {...view} teams={undefined} error={unavailable} />,
    'read-only': () => <TeamsView {...view} readOnly />,
  },
} satisfies Entry;

import type { Entry } from '../../catalogue/main';
import { failed, listed, nothing, team, waiting } from '../../catalogue/samples';
import { TeamsView } from './TeamsView';

const view = {
  organization: 'org_1',
  q: '',
  answer: listed([team('Front desk'), { ...team('استقبال'), key: 'reception', members: ['usr_1'], routing: 'least_recent' as const }]),
  readOnly: false,
  onSearch: nothing,
  onCreate: nothing,
  onRemove: nothing,
};

export default {
  title: 'TeamsView',
  states: {
    default: () => <TeamsView {...view} />,
    empty: () => <TeamsView {...view} answer={listed([])} />,
    'nothing found': () => <TeamsView {...view} q="zzz" />,
    loading: () => <TeamsView {...view} answer={waiting} />,
    error: () => <TeamsView {...view} answer={failed} />,
    'read-only': () => <TeamsView {...view} readOnly />,
  },
} satisfies Entry;

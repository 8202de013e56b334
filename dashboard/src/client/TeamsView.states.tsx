import type { Entry } from '../catalogue/main';
import { answered, failed, team, user, waiting } from '../catalogue/samples';
import { People, TeamsView } from './TeamsView';

const teams = [
  { ...team('Front desk'), members: ['usr_1'], description: 'Whoever is on duty.' },
  { ...team('استقبال'), key: 'reception' },
];
const people = answered({ items: [user('Ann Lee'), user('Tom Walker', { status: 'invited' })] });
const view = {
  answer: answered({ items: teams }),
  viewer: { id: 'usr_1', role: 'org_admin' as const, availability: 'online' as const },
  people: () => <People answer={people} />,
};

export default {
  title: 'TeamsView of a client',
  states: {
    default: () => <TeamsView {...view} />,
    'as a user': () => <TeamsView {...view} viewer={{ ...view.viewer, role: 'user' }} />,
    'nobody in them': () => <TeamsView {...view} people={() => <People answer={answered({ items: [] })} />} />,
    empty: () => <TeamsView {...view} answer={answered({ items: [] })} />,
    loading: () => <TeamsView {...view} answer={waiting} />,
    error: () => <TeamsView {...view} answer={failed} />,
  },
} satisfies Entry;

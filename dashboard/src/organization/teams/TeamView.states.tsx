import type { Entry } from '../../catalogue/main';
import { Pressed } from '../../catalogue/Pressed';
import { answered, editing, failed, never, nothing, team, user, waiting } from '../../catalogue/samples';
import { type MembersOf, MembersView } from './Members';
import { NewTeam } from './NewTeam';
import { TeamView } from './TeamView';

const people = [user('Ann Lee'), user('Tom Walker', { availability: 'offline' }), user('نور الهدى', { status: 'suspended' })];
const among = { people: answered({ items: people, nextCursor: null }), q: '', onSearch: nothing, onNext: nothing };
const members: MembersOf = (props) => <MembersView {...props} {...among} />;
const frontDesk = { ...team('Front desk'), members: ['usr_Ann Lee'] };
const view = { answer: answered(frontDesk), members, onMember: nothing, onClose: nothing, ...editing(frontDesk) };

export default {
  title: 'TeamView',
  states: {
    default: () => <TeamView {...view} />,
    'nobody found': () => (
      <TeamView
        {...view}
        members={(props) => <MembersView {...props} {...among} q="zzz" people={answered({ items: [], nextCursor: null })} />}
      />
    ),
    'members loading': () => <TeamView {...view} members={(props) => <MembersView {...props} {...among} people={waiting} />} />,
    'members failed': () => <TeamView {...view} members={(props) => <MembersView {...props} {...among} people={failed} />} />,
    loading: () => <TeamView {...view} answer={waiting} />,
    error: () => <TeamView {...view} answer={failed} />,
    'read-only': () => <TeamView {...view} readOnly />,
    saving: () => (
      <Pressed>
        <TeamView {...view} save={never} />
      </Pressed>
    ),
    new: () => <NewTeam members={members} create={never} onClose={nothing} />,
  },
} satisfies Entry;

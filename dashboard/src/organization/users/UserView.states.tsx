import type { Entry } from '../../catalogue/main';
import { Pressed } from '../../catalogue/Pressed';
import { answered, choices, editing, failed, never, nothing, overtaken, refused, user, waiting } from '../../catalogue/samples';
import { UserView } from './UserView';

const ann = user('Ann Lee');
const view = { answer: answered(ann), choices, onClose: nothing, ...editing(ann) };

export default {
  title: 'UserView',
  states: {
    default: () => <UserView {...view} />,
    'some agents': () => <UserView {...view} answer={answered(user('Ann Lee', { agents: ['agt_Booking'] }))} />,
    loading: () => <UserView {...view} answer={waiting} />,
    error: () => <UserView {...view} answer={failed} />,
    'read-only': () => <UserView {...view} readOnly />,
    saving: () => (
      <Pressed>
        <UserView {...view} save={never} />
      </Pressed>
    ),
    'not saved': () => (
      <Pressed>
        <UserView {...view} save={refused} />
      </Pressed>
    ),
    overtaken: () => (
      <Pressed>
        <UserView {...view} save={overtaken} />
      </Pressed>
    ),
  },
} satisfies Entry;

import { Refusal } from '../../api/refusal';
import type { Entry } from '../../catalogue/main';
import { Pressed } from '../../catalogue/Pressed';
import { choices, nothing } from '../../catalogue/samples';
import { NewUser } from './NewUser';

const taken = () => Promise.reject(new Refusal(409, { code: 'email_taken', errors: [{ location: 'body.email', message: 'is taken' }] }));
const none = { ...choices, teams: [], agents: [] };

export default {
  title: 'NewUser',
  states: {
    default: () => <NewUser choices={choices} add={taken} onClose={nothing} />,
    'no teams and agents': () => <NewUser choices={none} add={taken} onClose={nothing} />,
    'fault of a field': () => (
      <Pressed>
        <NewUser choices={choices} add={taken} onClose={nothing} />
      </Pressed>
    ),
  },
} satisfies Entry;

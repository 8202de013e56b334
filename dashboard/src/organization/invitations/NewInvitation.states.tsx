import type { Entry } from '../../catalogue/main';
import { Pressed } from '../../catalogue/Pressed';
import { choices, invitation, never, nothing } from '../../catalogue/samples';
import { NewInvitation } from './NewInvitation';

const ann = invitation('ann@harbour.example');
const view = { choices, invite: never, invited: nothing, preview: () => null, linkOf: () => undefined, onClose: nothing };

export default {
  title: 'NewInvitation',
  states: {
    default: () => <NewInvitation {...view} />,
    'nobody named': () => (
      <Pressed>
        <NewInvitation {...view} invite={async () => [{ email: ann.email, status: 201, invitation: ann }]} />
      </Pressed>
    ),
  },
} satisfies Entry;

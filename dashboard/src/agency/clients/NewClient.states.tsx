import type { Entry } from '../../catalogue/main';
import { Pressed } from '../../catalogue/Pressed';
import { never, nothing, refused } from '../../catalogue/samples';
import { NewClient } from './NewClient';

const view = { language: 'en', create: never, upload: never, onCreated: nothing, onClose: nothing };

export default {
  title: 'NewClient',
  states: {
    default: () => <NewClient {...view} />,
    saving: () => (
      <Pressed>
        <NewClient {...view} />
      </Pressed>
    ),
    'not saved': () => (
      <Pressed>
        <NewClient {...view} create={refused} />
      </Pressed>
    ),
  },
} satisfies Entry;

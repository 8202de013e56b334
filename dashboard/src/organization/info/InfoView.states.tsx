import type { Entry } from '../../catalogue/main';
import { Pressed } from '../../catalogue/Pressed';
import { editing, never, organization, overtaken, refused, tabs } from '../../catalogue/samples';
import { InfoView } from './InfoView';

const harbour = organization('Harbour', {
  tabOrder: ['analytics', 'conversations'],
  handoff: { enabled: true, smart: true, messages: { default: 'We will be with you soon.', es: 'Ahora mismo vamos.' } },
  cannedResponses: [{ title: 'Hours', text: 'We are open from 9 to 18.' }],
});
const view = { organization: harbour, tabs, staff: true, ...editing(harbour) };

export default {
  title: 'InfoView',
  states: {
    default: () => <InfoView {...view} />,
    'for its own administrators': () => <InfoView {...view} staff={false} />,
    'read-only': () => <InfoView {...view} readOnly />,
    saving: () => (
      <Pressed>
        <InfoView {...view} save={never} />
      </Pressed>
    ),
    'not saved': () => (
      <Pressed>
        <InfoView {...view} save={refused} />
      </Pressed>
    ),
    overtaken: () => (
      <Pressed>
        <InfoView {...view} save={overtaken} />
      </Pressed>
    ),
  },
} satisfies Entry;

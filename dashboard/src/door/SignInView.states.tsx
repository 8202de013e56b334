import { Refusal } from '../api/refusal';
import type { Entry } from '../catalogue/main';
import { Pressed } from '../catalogue/Pressed';
import { never, nothing, refused } from '../catalogue/samples';
import { told } from '../words/trouble';
import { AskView, LinkView, SentView } from './SignInView';

const title = 'Sign in to Brightside';
const dead = told(new Refusal(410, { code: 'expired' }), 'link');

export default {
  title: 'SignInView',
  whole: true,
  states: {
    default: () => <AskView title={title} ask={never} />,
    sent: () => <SentView email="ann@harbour.example" onBack={nothing} />,
    'a dead link': () => <AskView title={title} trouble={dead} ask={never} />,
    'fault of a field': () => (
      <Pressed>
        <AskView title={title} ask={never} />
      </Pressed>
    ),
    link: () => <LinkView title={title} enter={never} refused={String} />,
    saving: () => (
      <Pressed>
        <LinkView title={title} enter={never} refused={String} />
      </Pressed>
    ),
    error: () => (
      <Pressed>
        <LinkView title={title} enter={refused} refused={(error) => told(error, 'link').sentence} />
      </Pressed>
    ),
  },
} satisfies Entry;

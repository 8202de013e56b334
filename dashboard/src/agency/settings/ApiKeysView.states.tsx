import type { Entry } from '../../catalogue/main';
import { apiKey, failed, listed, nothing, waiting } from '../../catalogue/samples';
import { ApiKeysView } from './ApiKeysView';

const view = { answer: listed([apiKey('CRM'), apiKey('Bots')]), onMake: nothing, onRevoke: nothing };

export default {
  title: 'ApiKeysView',
  states: {
    default: () => <ApiKeysView {...view} />,
    empty: () => <ApiKeysView {...view} answer={listed([])} />,
    loading: () => <ApiKeysView {...view} answer={waiting} />,
    error: () => <ApiKeysView {...view} answer={failed} />,
  },
} satisfies Entry;

import type { Entry } from '../../catalogue/main';
import { apiKey, nothing, unavailable } from '../../catalogue/samples';
import { ApiKeysView } from './ApiKeysView';

const view = { keys: [apiKey('CRM'), apiKey('Bots')], loading: false, error: null, again: nothing, onMake: nothing, onRevoke: nothing };

export default {
  title: 'ApiKeysView',
  states: {
    default: () => <ApiKeysView {...view} />,
    empty: () => <ApiKeysView {...view} keys={[]} />,
    loading: () => <ApiKeysView {...view} keys={undefined} loading />,
    error: () => <ApiKeysView {...view} keys={undefined} error={unavailable} />,
  },
} satisfies Entry;

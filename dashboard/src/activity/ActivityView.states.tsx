import type { Entry } from '../catalogue/main';
import { activity, nothing, unavailable } from '../catalogue/samples';
import { ActivityView } from './ActivityView';
import { actions } from './activity';

const view = {
  actions,
  search: {},
  change: nothing,
  items: [
    activity('organization.updated', { changes: [{ field: 'name', before: 'Harbour', after: 'Harbour Hotel' }] }),
    activity('user.updated', { onBehalfOf: { type: 'user', id: 'usr_1', name: 'Ann Lee' }, reason: 'She sees no chats' }),
  ],
  loading: false,
  error: null,
  again: nothing,
  exported: async () => new Blob(),
};

export default {
  title: 'ActivityView',
  states: {
    default: () => <ActivityView {...view} nextCursor="next" />,
    filtered: () => <ActivityView {...view} search={{ actor: 'stf_1', from: '2026-11-01' }} />,
    empty: () => <ActivityView {...view} items={[]} />,
    loading: () => <ActivityView {...view} items={undefined} loading />,
    error: () => <ActivityView {...view} items={undefined} error={unavailable} />,
  },
} satisfies Entry;

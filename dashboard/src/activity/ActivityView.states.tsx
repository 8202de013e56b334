import type { Entry } from '../catalogue/main';
import { activity, failed, listed, nothing, waiting } from '../catalogue/samples';
import { ActivityView } from './ActivityView';
import { actions } from './activity';

const harbour = { type: 'organization', id: 'org_1', name: 'Harbour Hotel' } as const;

const view = {
  actions,
  search: {},
  change: nothing,
  answer: listed([
    activity('organization.updated', {
      target: harbour,
      changes: [
        { field: 'brand.primaryColor', before: '#1d4ed8', after: '#0f766e' },
        { field: 'language', before: 'en', after: 'pt' },
      ],
    }),
    activity('agent.assigned', {
      target: { type: 'agent', id: 'agt_1', name: 'Concierge' },
      changes: [
        { field: 'organization', before: null, after: { id: harbour.id, name: harbour.name } },
        { field: 'sections.prompt', before: 'edit', after: 'none' },
      ],
    }),
    activity('user.updated', { changes: [{ field: 'status', before: 'active', after: 'suspended' }] }),
    activity('user.updated', {
      onBehalfOf: { type: 'user', id: 'usr_2', name: 'Gil Costa' },
      reason: 'She sees no chats',
      changes: [
        { field: 'sections.conversations', before: 'none', after: 'edit' },
        { field: 'sections.tab:reports', before: 'none', after: 'view' },
        { field: 'teams', before: [], after: ['front_desk', 'sales'] },
        { field: 'agents', before: 'all', after: ['agt_1', 'agt_2'] },
      ],
    }),
    activity('robot.built'),
  ]),
  tabs: [{ key: 'reports', title: 'Monthly reports' }],
  exported: async () => new Blob(),
};

export default {
  title: 'ActivityView',
  states: {
    default: () => <ActivityView {...view} answer={listed(view.answer.data.items, 'next')} />,
    filtered: () => <ActivityView {...view} search={{ actor: 'stf_1', from: '2026-11-01' }} />,
    empty: () => <ActivityView {...view} answer={listed([])} />,
    loading: () => <ActivityView {...view} answer={waiting} />,
    error: () => <ActivityView {...view} answer={failed} />,
  },
} satisfies Entry;

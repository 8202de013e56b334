// Samples of what the API gives, for views in the catalogue.
import type { Schemas } from '../api/client';
import { Refusal } from '../api/refusal';

const at = '2026-11-20T09:00:00Z';
const resource = { version: 1, createdAt: at, updatedAt: at, metadata: {}, externalId: '' };

export const organization = (name: string, more: Partial<Schemas['Organization']> = {}): Schemas['Organization'] => ({
  ...resource,
  id: `org_${name}`,
  name,
  status: 'active',
  language: 'en',
  layout: 'vertical',
  tabOrder: [],
  ceiling: {},
  brand: {},
  handoff: { enabled: true, smart: false, messages: {} },
  cannedResponses: [],
  billing: false,
  logoUrl: null,
  counts: { agents: 2, users: 14, teams: 1, pendingInvitations: 1 },
  ...more,
});

export const agent = (name: string, more: Partial<Schemas['Agent']> = {}): Schemas['Agent'] => ({
  ...resource,
  id: `agt_${name}`,
  name,
  description: 'Answers guests at any hour.',
  provider: 'Voiceflow',
  status: 'active',
  channels: ['web', 'whatsapp'],
  avatarUrl: '',
  tabs: [],
  organizationCount: 3,
  ...more,
});

export const assigned = (name: string): Schemas['AssignmentAssigned'] => ({
  ...agent(name),
  assignment: { sections: {}, assignedAt: at, assignedBy: 'stf_1', version: 1 },
});

export const user = (name: string, more: Partial<Schemas['User']> = {}): Schemas['User'] => ({
  ...resource,
  id: `usr_${name}`,
  name,
  email: `${name.toLowerCase().replaceAll(' ', '.')}@harbour.example`,
  avatarUrl: '',
  role: 'user',
  sections: { home: 'view', conversations: 'edit' },
  agents: 'all',
  teams: ['front_desk'],
  status: 'active',
  availability: 'online',
  lastSeenAt: null,
  language: '',
  ...more,
});

export const team = (label: string): Schemas['Team'] => ({
  ...resource,
  id: 'front_desk',
  key: 'front_desk',
  label,
  description: '',
  members: [],
  routing: 'round_robin',
  handoffCount: 0,
});

export const invitation = (email: string, more: Partial<Schemas['Invitation']> = {}): Schemas['Invitation'] => ({
  id: `inv_${email}`,
  version: 1,
  createdAt: at,
  updatedAt: at,
  email,
  name: 'Ann Lee',
  role: 'user',
  sections: {},
  teams: [],
  agents: 'all',
  language: 'en',
  note: '',
  state: 'pending',
  expiresAt: '2027-01-01T00:00:00Z',
  invitedBy: { type: 'staff', id: 'stf_1', name: 'Olga Marin' },
  sentCount: 2,
  delivery: { state: 'delivered', reason: '', at },
  ...more,
});

let made = 0;

export const activity = (action: string, more: Partial<Schemas['ActivityItem']> = {}): Schemas['ActivityItem'] => ({
  id: `act_${action}_${++made}`,
  at,
  action,
  actor: { type: 'staff', id: 'stf_1', name: 'Olga Marin' },
  target: { type: 'user', id: 'usr_1', name: 'Ann Lee' },
  changes: [],
  requestId: 'req-7',
  ip: '192.0.2.1',
  ...more,
});

export const person = (name: string, role: Schemas['StaffPerson']['role']): Schemas['StaffPerson'] => ({
  id: `stf_${name}`,
  version: 1,
  createdAt: at,
  updatedAt: at,
  name,
  email: `${role}@agency.example`,
  role,
  status: 'active',
  lastSeenAt: null,
});

export const apiKey = (name: string): Schemas['APIKey'] => ({
  id: `key_${name}`,
  version: 1,
  createdAt: at,
  updatedAt: at,
  name,
  prefix: 'key_7Fq2',
  scopes: ['organizations:read', 'handoffs:write'],
  organizationId: null,
  expiresAt: '2027-01-01T00:00:00Z',
  lastUsedAt: null,
});

// me is somebody of a client, with an agent for each of these grants.
export const me = (grants: Schemas['MeAgent']['sections'][]): Schemas['Me'] => ({
  principal: null,
  organization: { id: 'org_1', name: 'Harbour', brand: {}, logoUrl: null, language: 'en', layout: 'vertical' },
  workspace: { id: 'ws_1', name: 'Brightside', supportEmail: '', language: 'en', customTabs: [] },
  brand: {
    name: 'Harbour',
    logoUrl: null,
    primaryColor: '',
    darkMode: false,
    font: '',
    footer: '',
    websiteUrl: '',
    privacyUrl: '',
    termsUrl: '',
  },
  sections: {},
  tabOrder: [],
  agents: grants.map((sections, i) => ({ id: `agt_${i}`, name: `Agent ${i}`, description: 'Answers guests.', status: 'active', sections })),
  memberships: [],
});

export const workspace: Schemas['Workspace'] = {
  ...resource,
  id: 'ws_1',
  name: 'Brightside',
  language: 'en',
  dashboardHost: 'clients.brightside.example',
  supportEmail: 'help@brightside.example',
  brand: { primaryColor: '#0f766e', footer: 'Brightside, 1 Harbour Street' },
  sender: { name: 'Brightside', address: 'hello@brightside.example', replyTo: '', status: 'pending' },
  oidc: {},
  customTabs: [{ key: 'reports', title: 'Monthly reports', url: 'https://reports.example', alwaysVisible: true }],
  logoUrl: null,
} as Schemas['Workspace'];

export const tabs = [{ key: 'reports', title: 'Monthly reports' }];

export const choices = {
  ceiling: { prompt: 'none' as const },
  tabs,
  teams: [
    { key: 'front_desk', label: 'Front desk' },
    { key: 'reception', label: 'استقبال' },
  ],
  agents: [
    { id: 'agt_Concierge', name: 'Concierge' },
    { id: 'agt_Booking', name: 'Booking' },
  ],
};

export const nothing = () => {};
export const unavailable = new Refusal(503, { code: 'throttled' }, 20);

// answered, listed, waiting and failed are what a question to the API may come to.
export const answered = <T>(data: T) => ({ data, error: null, refetch: nothing });
export const listed = <T>(items: T[], nextCursor: string | null = null) => answered({ items, nextCursor });
export const waiting = { data: undefined, error: null, refetch: nothing };
export const failed = { data: undefined, error: unavailable, refetch: nothing };

// never and refused are what sending may come to, besides going well.
export const never = () => new Promise<never>(() => {});
export const refused = () => Promise.reject(unavailable);
export const overtaken = () => Promise.reject(new Refusal(412, { code: 'stale' }));

// editing is what a view that changes something is made with.
export const editing = <T extends { version: number; name?: string }>(saved: T) => ({
  save: async (edits: Partial<T>) => ({ ...saved, ...edits }),
  latest: async () => ({ ...saved, version: 2, name: 'Harbour Hotel' }),
});

export const pool = <T>(items: T[], more: object = {}) => ({
  items,
  loading: false,
  loadingMore: false,
  error: null,
  again: nothing,
  ...more,
});

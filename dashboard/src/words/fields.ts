// What the API's fields are called in words, and what is in them: for the record of
// what changed, and where two have changed the same.
import { titleOf } from '../client/sections';
import { languageName, list, moment } from './format';
import { type Key, say, wordsFor } from './say';

export type Tab = NonNullable<Parameters<typeof titleOf>[1]>[number];

const labels = {
  agents: 'agents',
  availability: 'availability',
  avatarUrl: 'field.photo',
  billing: 'billing.shown',
  'brand.darkMode': 'brand.dark',
  'brand.font': 'brand.font',
  'brand.footer': 'footer',
  'brand.primaryColor': 'brand.color',
  'brand.privacyUrl': 'privacy',
  'brand.termsUrl': 'terms',
  'brand.websiteUrl': 'website',
  cannedResponses: 'canned',
  channels: 'agent.channels',
  customTabs: 'tabs',
  dashboardHost: 'host',
  description: 'description',
  email: 'email',
  expiresAt: 'key.expires',
  externalId: 'agent.externalId',
  'handoff.enabled': 'handoff.enabled',
  'handoff.smart': 'handoff.smart',
  key: 'field.key',
  label: 'team.label',
  language: 'language',
  layout: 'layout',
  logoUrl: 'logo',
  members: 'members',
  name: 'name',
  note: 'invite.note',
  'oidc.clientId': 'oidc.clientId',
  'oidc.issuer': 'oidc.issuer',
  organizationId: 'field.client',
  provider: 'agent.provider',
  reason: 'preview.reason',
  role: 'role',
  routing: 'team.routing',
  scopes: 'key.scopes',
  'sender.address': 'sender.address',
  'sender.name': 'sender.name',
  'sender.replyTo': 'sender.replyTo',
  state: 'status',
  status: 'status',
  supportEmail: 'supportEmail',
  tabOrder: 'tabOrder',
  tabs: 'agent.tabs',
  teams: 'teams',
  write: 'field.write',
} as const satisfies Record<string, Key>;

const isLabelled = (field: string): field is keyof typeof labels => field in labels;

// parted is a field's family, and which of it it is: "ceiling", "prompt".
function parted(field: string) {
  const [, family = field, one = ''] = field.match(/^(handoff\.messages|\w+)\.(.+)$/) ?? [];
  return { family, one };
}

export function labelOf(field: string, tabs: Tab[]) {
  if (isLabelled(field)) return say(labels[field]);
  const { family, one } = parted(field);
  switch (family) {
    case 'sections':
      return titleOf(one, tabs);
    case 'ceiling':
      return `${say('ceiling')} · ${titleOf(one, tabs)}`;
    case 'handoff.messages':
      return `${say('handoff.message')} · ${languageName(one)}`;
    case 'metadata':
      return one;
    default:
      return field;
  }
}

// Enumerations, by the start of what says them.
const enumerations: Record<string, string> = {
  availability: 'status',
  ceiling: 'grant',
  layout: 'layout',
  role: 'role',
  routing: 'routing',
  sections: 'grant',
  state: 'status',
  status: 'status',
};

const counted = { agents: 'counts.agents', members: 'counts.members' } as const;

// written is what was in a field; nothing where it was empty.
export function written(field: string, value: unknown, tabs: Tab[]): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  const { family } = parted(field);
  if (typeof value === 'boolean') return say(value ? 'on' : 'off');
  if (Array.isArray(value)) return listed(field, value, tabs);
  if (typeof value !== 'string') return typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (field === 'language') return languageName(value);
  if (field === 'agents' && value === 'all') return say('agents.all');
  if (/At$/.test(field)) return moment(new Date(value));
  const start = enumerations[family];
  return (start && wordsFor(`${start}.${value}`)) || value;
}

function listed(field: string, items: unknown[], tabs: Tab[]) {
  if (items.length === 0) return undefined;
  if (field === 'agents' || field === 'members') return say(counted[field], { n: items.length });
  if (typeof items[0] === 'object') return items.map((item) => lineOf(item as Thing, tabs)).join('\n');
  const titles = items.map(String);
  return list(field === 'tabOrder' ? titles.map((key) => titleOf(key, tabs)) : titles);
}

type Thing = { title?: string; section?: string; text?: string; url?: string };

// lineOf is one of several in a line: a tab, an answer, or an agent's page.
const lineOf = ({ title, section, text, url }: Thing, tabs: Tab[]) =>
  [title || (section && titleOf(section, tabs)), text || url].filter(Boolean).join(': ');

const meta = new Set(['id', 'version', 'createdAt', 'updatedAt', 'counts', 'deletedAt', 'purgeAt', 'lastSeenAt', 'handoffCount']);

// flat are the fields of a resource as the record of activity names them: what is
// within another one with a dot, such as "brand.font".
export function flat(resource: object, within = ''): Record<string, unknown> {
  const all = Object.entries(resource).filter(([name]) => within || !meta.has(name));
  return Object.fromEntries(
    all.flatMap(([name, value]) => {
      const nested = typeof value === 'object' && value !== null && !Array.isArray(value);
      return nested ? Object.entries(flat(value, `${within}${name}.`)) : [[`${within}${name}`, value]];
    }),
  );
}

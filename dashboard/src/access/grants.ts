// Grants, and what somebody may do in the sections of a dashboard.
import { own } from '../client/sections';
import { say } from '../words/say';

export const grants = ['none', 'view', 'edit'] as const;
export type Grant = (typeof grants)[number];
export type Sections = Record<string, Grant>;

export const presets = ['nothing', 'viewer', 'support', 'editor'] as const;
export type Preset = (typeof presets)[number];

const rank = (grant: Grant) => grants.indexOf(grant);
export const lower = (a: Grant, b: Grant): Grant => (rank(a) < rank(b) ? a : b);

const wished: Record<Preset, (section: string) => Grant> = {
  nothing: () => 'none',
  viewer: () => 'view',
  support: (section) => (section === 'conversations' ? 'edit' : ['home', 'knowledge_base'].includes(section) ? 'view' : 'none'),
  editor: () => 'edit',
};

// under is a preset, as far as the ceiling lets it: nobody grants above that.
export const under = (preset: Preset, sections: string[], ceiling: Sections): Sections =>
  Object.fromEntries(sections.map((section) => [section, lower(wished[preset](section), ceiling[section] ?? 'edit')]));

// keysOf are all sections that there are in an agency, its own tabs last.
export const keysOf = (tabs: { key: string }[]) => [...own, ...tabs.map(({ key }) => `tab:${key}`)];

// summary is a person's grants in a few words.
export function summary(sections: Sections) {
  const count = (grant: Grant) => Object.values(sections).filter((given) => given === grant).length;
  const parts = [
    count('edit') > 0 && say('grants.edit', { n: count('edit') }),
    count('view') > 0 && say('grants.view', { n: count('view') }),
  ];
  return parts.filter(Boolean).join(' · ') || say('grants.none');
}

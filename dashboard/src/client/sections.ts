// Which sections of the dashboard somebody sees, and what is in them.
import type { Me } from '../api/me';
import { wordsFor } from '../words/say';

export type Agent = Me['agents'][number];
type Tab = Me['workspace']['customTabs'][number];
export type Grant = Agent['sections'][string];

export interface Section {
  key: string;
  title: string;
  grant: Grant;
  // url is what is shown in it; empty where nothing was set up.
  url: string;
  // icon is what the agency chose for a tab of its own.
  icon?: string;
}

export const own = ['home', 'conversations', 'analytics', 'knowledge_base', 'channels', 'prompt', 'settings'] as const;

export const titleOf = (key: string, tabs: Pick<Tab, 'key' | 'title'>[] = []) =>
  wordsFor(`section.${key}`) ?? tabs.find((tab) => `tab:${tab.key}` === key)?.title ?? key;

// inOrder are all sections, those that the organization has put first before the others.
export function inOrder(tabs: { key: string }[], order: string[]) {
  const usual = [...own, ...tabs.map(({ key }) => `tab:${key}`)];
  return [...order.filter((key) => usual.includes(key)), ...usual.filter((key) => !order.includes(key))];
}

// sectionsOf are those of an agent that may be seen, in the order of the dashboard.
export function sectionsOf(agent: Agent, { workspace, tabOrder }: Pick<Me, 'workspace' | 'tabOrder'>): Section[] {
  const tabs = workspace.customTabs;
  return inOrder(tabs, tabOrder).flatMap((key) => {
    const tab = tabs.find((tab) => `tab:${tab.key}` === key);
    const grant = agent.sections[key] ?? 'none';
    if (grant === 'none' && !tab?.alwaysVisible) return [];
    const url = agent.tabs?.find(({ section }) => section === key)?.url ?? tab?.url ?? '';
    return [{ key, title: titleOf(key, tabs), grant: grant === 'none' ? 'view' : grant, url, icon: tab?.icon }];
  });
}

// framable is whether a page may be shown within ours: one of another origin only,
// as one of our own could reach out of its frame.
export function framable(url: string, here = location.origin) {
  try {
    const { protocol, origin } = new URL(url);
    return protocol === 'https:' && origin !== here;
  } catch {
    return false;
  }
}

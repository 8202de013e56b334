// How what was done is told: in a sentence, and by the changes that it leaves to show.
import { has } from '../words/say';
import type { Item } from './activity';

export type Change = Item['changes'][number];

interface Named {
  id: string;
  name: string;
}

export interface Tale {
  // sentence is the key of one with places for {actor}, {target} and {other}, or some of them.
  sentence: string;
  other?: Named;
  changes: Change[];
  // fresh is whether the changes are how something new began, from nothing.
  fresh: boolean;
}

const isNamed = (value: unknown): value is Named => typeof value === 'object' && value !== null && 'id' in value && 'name' in value;

// taleOf tells a new status as what it is: "suspended", and not "changed"; and what
// somebody did to themselves. What a sentence tells is not told again as a change.
export function taleOf({ actor, action, target, changes }: Pick<Item, 'actor' | 'action' | 'target' | 'changes'>): Tale {
  const status = changes.find(({ field }) => field === 'status')?.after;
  const became = action.replace(/\.updated$/, `.${status}`);
  const byStatus = became !== action && has(`did.${became}`);
  const own = actor.id === target.id && has(`did.own.${action}`);
  const others = changes.map(({ before, after }) => after ?? before).filter(isNamed);
  const told = byStatus ? ['status'] : action.startsWith('invitation.') ? ['state'] : [];
  return {
    sentence: byStatus ? `did.${became}` : own ? `did.own.${action}` : `did.${action}`,
    other: others[0],
    fresh: /\.(created|added|sent|invited|assigned)$/.test(action),
    changes: changes.filter(({ field, before, after }) => !told.includes(field) && !isNamed(after ?? before) && after !== target.name),
  };
}

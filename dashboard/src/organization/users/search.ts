import { isSet, oneOf, type Search, textIn } from '../../shell/address';
import type { User } from './users';

export interface UsersSearch {
  q?: string;
  status?: User['status'];
  role?: User['role'];
  team?: string;
  agent?: string;
  cursor?: string;
  new?: boolean;
}

export const statuses = ['active', 'invited', 'suspended'] as const;

export const roles = ['org_admin', 'user'] as const;

export const usersSearch = (search: Search): UsersSearch => ({
  q: textIn(search.q),
  status: oneOf(statuses, search.status),
  role: oneOf(roles, search.role),
  team: textIn(search.team),
  agent: textIn(search.agent),
  cursor: textIn(search.cursor),
  new: isSet(search.new),
});

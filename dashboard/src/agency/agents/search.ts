import { isSet, oneOf, type Search, textIn } from '../../shell/address';
import type { Agent } from './agents';

export interface AgentsSearch {
  q?: string;
  status?: Agent['status'];
  assigned?: 'true' | 'false';
  cursor?: string;
  new?: boolean;
}

export const statuses = ['active', 'paused'] as const;

export const agentsSearch = (search: Search): AgentsSearch => ({
  q: textIn(search.q),
  status: oneOf(statuses, search.status),
  assigned: oneOf(['true', 'false'], search.assigned),
  cursor: textIn(search.cursor),
  new: isSet(search.new),
});

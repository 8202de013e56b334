// What the address of the Clients tab says: what is searched for on either side,
// which client is selected, and whether a new one is being made.
import { isSet, oneOf, type Search, textIn } from '../../shell/address';

export interface ClientsSearch {
  q?: string;
  status?: 'active' | 'suspended' | 'archived' | 'deleted';
  // agent shows the clients of one agent only.
  agent?: string;
  org?: string;
  aq?: string;
  assigned?: 'true' | 'false';
  new?: boolean;
}

export const statuses = ['active', 'suspended', 'archived', 'deleted'] as const;

export const clientsSearch = (search: Search): ClientsSearch => ({
  q: textIn(search.q),
  status: oneOf(statuses, search.status),
  agent: textIn(search.agent),
  org: textIn(search.org),
  aq: textIn(search.aq),
  assigned: oneOf(['true', 'false'], search.assigned),
  new: isSet(search.new),
});

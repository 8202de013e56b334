// What the address of the Clients tab says: what is searched for on either side,
// which client is selected, and whether a new one is being made.
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

const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined);

export const clientsSearch = (search: Record<string, unknown>): ClientsSearch => ({
  q: text(search.q),
  status: statuses.find((status) => status === search.status),
  agent: text(search.agent),
  org: text(search.org),
  aq: text(search.aq),
  assigned: (['true', 'false'] as const).find((assigned) => assigned === String(search.assigned)),
  new: search.new === true || undefined,
});

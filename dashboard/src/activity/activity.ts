// The record of who did what, of the agency or of one organization.

import { $api, api, type Schemas } from '../api/client';
import type { ActivitySearch } from './search';

export type Item = Schemas['ActivityItem'];

// actions are all that is recorded, in the order of what they are about.
export const actions = [
  'organization.created',
  'organization.updated',
  'organization.deleted',
  'agent.created',
  'agent.updated',
  'agent.deleted',
  'agent.assigned',
  'agent.assignment_updated',
  'agent.unassigned',
  'user.added',
  'user.updated',
  'user.removed',
  'user.impersonated',
  'team.created',
  'team.updated',
  'team.deleted',
  'team.member_added',
  'team.member_removed',
  'invitation.sent',
  'invitation.resent',
  'invitation.accepted',
  'invitation.declined',
  'invitation.revoked',
  'staff.invited',
  'staff.updated',
  'staff.removed',
  'api_key.created',
  'api_key.revoked',
  'workspace.created',
  'workspace.updated',
] as const;

// ofClients are the actions that can happen within an organization.
export const ofClients = actions.filter((action) => /^(organization|user|team|invitation)\.|^agent\.(assign|unassign)/.test(action));

// Days are the reader's: the first moment of one, and the first after another.
const begins = (day?: string) => (day ? new Date(`${day}T00:00:00`).toISOString() : undefined);
function ends(day?: string) {
  if (!day) return undefined;
  const next = new Date(`${day}T00:00:00`);
  next.setDate(next.getDate() + 1);
  return next.toISOString();
}

const filtersOf = ({ action, actor, target, from, to }: ActivitySearch) => ({ action, actor, target, from: begins(from), to: ends(to) });

const pageOf = 50;

export function useActivity(o: string | undefined, search: ActivitySearch) {
  const query = { limit: pageOf, cursor: search.cursor, ...filtersOf(search) };
  const ofAgency = $api.useQuery('get', '/v1/activity', { params: { query } }, { enabled: !o });
  const ofOrganization = $api.useQuery(
    'get',
    '/v1/organizations/{o}/activity',
    { params: { path: { o: o ?? '' }, query } },
    { enabled: Boolean(o) },
  );
  return o ? ofOrganization : ofAgency;
}

// exported is the whole log as a file, however many parts it comes in.
export async function exported(o: string | undefined, search: ActivitySearch, format: 'csv' | 'jsonl'): Promise<Blob> {
  const parts: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { format, cursor, ...filtersOf(search) };
    const { data, response } = o
      ? await api.GET('/v1/organizations/{o}/activity/export', { params: { path: { o }, query }, parseAs: 'text' })
      : await api.GET('/v1/activity/export', { params: { query }, parseAs: 'text' });
    const part = data ?? '';
    parts.push(format === 'csv' && cursor ? part.slice(part.indexOf('\n') + 1) : part);
    cursor = response.headers.get('X-Next-Cursor') ?? undefined;
  } while (cursor);
  return new Blob(parts, { type: format === 'csv' ? 'text/csv' : 'application/x-ndjson' });
}

// The organization that a view is of.
import { useParams } from '@tanstack/react-router';
import { put, revise } from '../api/cache';
import { $api, api, queries, type Schemas } from '../api/client';
import { usePrincipal } from '../api/me';

export type Organization = Schemas['Organization'];

export const organizationQuery = (o: string) => $api.queryOptions('get', '/v1/organizations/{o}', { params: { path: { o } } });

export const useOrganizationId = () => useParams({ from: '/in/organizations/$org' }).org;

// useOrganization is the organization of the address, which was read before the view is shown.
export function useOrganization(): Organization {
  const o = useOrganizationId();
  return $api.useSuspenseQuery('get', '/v1/organizations/{o}', { params: { path: { o } } }).data as Organization;
}

// closed is why nothing can be changed in it; undefined where it can be.
export function useReadOnly() {
  const { status } = useOrganization();
  const { role, actor } = usePrincipal();
  return role === 'member' || role === 'user' || Boolean(actor) || status === 'archived' || status === 'deleted';
}

export const useIsStaff = () => usePrincipal().type === 'staff';

// know keeps an organization as the API has just told of it.
export function know(organization: Organization) {
  put('/v1/organizations/{o}', { o: organization.id }, organization);
  revise('/v1/organizations', organization.id, () => organization);
}

// recount changes what is counted of an organization, as the API has by now.
export function recount(o: string, of: keyof Organization['counts'], by: number) {
  const change = (kept: Organization) => ({ ...kept, counts: { ...kept.counts, [of]: Math.max(0, kept.counts[of] + by) } });
  queries.setQueryData<Organization>(organizationQuery(o).queryKey as readonly unknown[], (kept) => kept && change(kept));
  revise<Organization>('/v1/organizations', o, change);
}

export async function createOrganization(name: string, language: Schemas['Organization']['language']) {
  const { data } = await api.POST('/v1/organizations', { body: { name, language } });
  if (!data) throw new Error('an organization without content');
  return data;
}

// change changes an organization: from a version, or whatever it is now.
export async function change(o: string, { handoff, ...edits }: Partial<Organization>, version?: number) {
  const { data } = await api.PATCH('/v1/organizations/{o}', {
    params: { path: { o }, header: version ? { 'If-Match': `"${version}"` } : undefined },
    body: { ...edits, handoff: handoff && { ...handoff, messages: withoutEmpty(handoff.messages) } } as never,
  });
  if (data) know(data);
  return data;
}

// withoutEmpty takes away the messages that were emptied.
const withoutEmpty = (messages?: Record<string, string>) =>
  messages && Object.fromEntries(Object.entries(messages).map(([tag, message]) => [tag, message.trim() || null]));

export async function fresh(o: string) {
  const { data } = await api.GET('/v1/organizations/{o}', { params: { path: { o } } });
  return data as Organization | undefined;
}

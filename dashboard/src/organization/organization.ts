// The organization that a view is of.
import { useParams } from '@tanstack/react-router';
import { put, revise } from '../api/cache';
import { $api, queries, type Schemas } from '../api/client';
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

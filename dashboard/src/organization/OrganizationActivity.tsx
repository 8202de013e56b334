import { getRouteApi } from '@tanstack/react-router';
import { ActivityPage } from '../activity/ActivityPage';
import { ofClients } from '../activity/activity';
import { useChange } from '../shell/address';
import { useOrganizationId } from './organization';

const route = getRouteApi('/in/organizations/$org/activity');

export function OrganizationActivity() {
  const o = useOrganizationId();
  const change = useChange(route.useNavigate());
  return <ActivityPage organization={o} actions={ofClients} search={route.useSearch()} change={change} />;
}

import { getRouteApi } from '@tanstack/react-router';
import { ActivityPage } from '../activity/ActivityPage';
import { ofClients } from '../activity/activity';
import { useOrganizationId } from './organization';

const route = getRouteApi('/in/organizations/$org/activity');

export function OrganizationActivity() {
  const o = useOrganizationId();
  const navigate = route.useNavigate();
  return (
    <ActivityPage
      organization={o}
      actions={ofClients}
      search={route.useSearch()}
      change={(next, replace = true) => void navigate({ search: (now) => ({ ...now, ...next }), replace })}
    />
  );
}

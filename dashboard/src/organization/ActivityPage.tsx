import { getRouteApi } from '@tanstack/react-router';
import { ActivityView } from '../activity/ActivityView';
import { ofClients } from '../activity/activity';
import { useOrganizationId } from './organization';

const route = getRouteApi('/in/organizations/$org/activity');

export function ActivityPage() {
  const o = useOrganizationId();
  const navigate = route.useNavigate();
  return (
    <ActivityView
      organization={o}
      actions={ofClients}
      search={route.useSearch()}
      change={(next, replace = true) => void navigate({ search: (now) => ({ ...now, ...next }), replace })}
    />
  );
}

import { getRouteApi } from '@tanstack/react-router';
import { ActivityPage } from '../activity/ActivityPage';
import { actions } from '../activity/activity';
import { Page } from '../ui/Page';
import { say } from '../words/say';

const route = getRouteApi('/in/staff/activity');

export function AgencyActivity() {
  const navigate = route.useNavigate();
  return (
    <Page title={say('activity')}>
      <ActivityPage
        actions={actions}
        search={route.useSearch()}
        change={(next, replace = true) => void navigate({ search: (now) => ({ ...now, ...next }), replace })}
      />
    </Page>
  );
}

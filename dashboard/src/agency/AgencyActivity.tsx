import { getRouteApi } from '@tanstack/react-router';
import { ActivityPage } from '../activity/ActivityPage';
import { actions } from '../activity/activity';
import { useChange } from '../shell/address';
import { Page } from '../ui/Page';
import { say } from '../words/say';

const route = getRouteApi('/in/staff/activity');

export function AgencyActivity() {
  const change = useChange(route.useNavigate());
  return (
    <Page title={say('activity')}>
      <ActivityPage actions={actions} search={route.useSearch()} change={change} />
    </Page>
  );
}

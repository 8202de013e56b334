import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { toast } from '../../ui/toast';
import { say } from '../../words/say';
import { sentence } from '../../words/trouble';
import { useOrganizationId, useReadOnly } from '../organization';
import { Members } from './Members';
import { TeamView } from './TeamView';
import { latestTeam, setMember, updateTeam, useTeam } from './teams';

const route = getRouteApi('/in/organizations/$org/teams/$team');

// TeamPage changes a team, over the list of teams.
export function TeamPage() {
  const o = useOrganizationId();
  const { team: t } = route.useParams();
  const navigate = useNavigate();
  const close = () => void navigate({ to: '/organizations/$org/teams', params: { org: o }, search: true, replace: true });
  return (
    <TeamView
      answer={useTeam(o, t)}
      members={(props) => <Members {...props} />}
      onMember={(team, user, member) =>
        void setMember(o, team, user, member).catch((error) => toast({ title: sentence(error), bad: true }))
      }
      readOnly={useReadOnly()}
      save={(edits, version) => updateTeam(o, t, edits, version)}
      latest={() => latestTeam(o, t)}
      onSaved={({ label }) => {
        toast({ title: say('saved', { what: label || t }) });
        close();
      }}
      onClose={close}
    />
  );
}

import { useMe, usePrincipal } from '../api/me';
import { useTeams } from '../organization/teams/teams';
import { useUsers } from '../organization/users/users';
import { People, TeamsView } from './TeamsView';

// TeamsPage is who takes the chats that agents hand over, and for administrators
// who of them is there.
export function TeamsPage() {
  const o = useMe().organization?.id ?? '';
  return <TeamsView answer={useTeams(o)} viewer={usePrincipal()} people={({ key }) => <PeopleOf o={o} team={key} />} />;
}

const PeopleOf = ({ o, team }: { o: string; team: string }) => <People answer={useUsers(o, { team })} />;

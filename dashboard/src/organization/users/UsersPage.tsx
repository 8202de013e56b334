import { getRouteApi, Outlet } from '@tanstack/react-router';
import { useChange } from '../../shell/address';
import { later } from '../../ui/later';
import { toast } from '../../ui/toast';
import { say } from '../../words/say';
import { useOrganizationId, useReadOnly } from '../organization';
import { useTeams } from '../teams/teams';
import { useChoices } from './choices';
import { UserActions } from './UserActions';
import { UsersView } from './UsersView';
import { addUser, useUsers } from './users';

const NewUser = later(async () => (await import('./NewUser')).NewUser);

const route = getRouteApi('/in/organizations/$org/users');

export function UsersPage() {
  const o = useOrganizationId();
  const search = route.useSearch();
  const readOnly = useReadOnly();
  const change = useChange(route.useNavigate());
  const teams = useTeams(o);
  return (
    <>
      <UsersView
        organization={o}
        actions={(user) => <UserActions user={user} readOnly={readOnly} />}
        search={search}
        change={change}
        answer={useUsers(o, search)}
        teams={teams.data?.items ?? []}
        readOnly={readOnly}
      />
      {search.new && !readOnly && <Adding onClose={() => change({ new: undefined })} />}
      <Outlet />
    </>
  );
}

function Adding({ onClose }: { onClose: () => void }) {
  const o = useOrganizationId();
  return (
    <NewUser
      choices={useChoices()}
      add={async (user) => {
        await addUser(o, user);
        toast({ title: say('user.added', { name: user.name }) });
        onClose();
      }}
      onClose={onClose}
    />
  );
}

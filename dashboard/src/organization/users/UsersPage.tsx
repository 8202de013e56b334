import { getRouteApi, Outlet } from '@tanstack/react-router';
import { useCallback } from 'react';
import { later } from '../../ui/later';
import { toast } from '../../ui/toast';
import { say } from '../../words/say';
import { useOrganizationId, useReadOnly } from '../organization';
import { useTeams } from '../teams/teams';
import { useChoices } from './choices';
import type { UsersSearch } from './search';
import { UserActions } from './UserActions';
import { UsersView } from './UsersView';
import { addUser, useUsers } from './users';

const NewUser = later(async () => (await import('./NewUser')).NewUser);

const route = getRouteApi('/in/organizations/$org/users');

export function UsersPage() {
  const o = useOrganizationId();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const readOnly = useReadOnly();
  const change = useCallback(
    (next: UsersSearch, replace = true) => void navigate({ search: (now) => ({ ...now, ...next }), replace }),
    [navigate],
  );
  const users = useUsers(o, search);
  const teams = useTeams(o);
  return (
    <>
      <UsersView
        organization={o}
        actions={(user) => <UserActions user={user} readOnly={readOnly} />}
        search={search}
        change={change}
        users={users.data?.items}
        nextCursor={users.data?.nextCursor}
        loading={users.isPending}
        error={users.error}
        again={users.refetch}
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

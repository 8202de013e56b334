import { getRouteApi, Outlet } from '@tanstack/react-router';
import { useCallback } from 'react';
import { later } from '../../ui/later';
import { useOrganizationId, useReadOnly } from '../organization';
import { useTeams } from '../teams/teams';
import type { UsersSearch } from './search';
import { UserActions } from './UserActions';
import { UsersView } from './UsersView';
import { useUsers } from './users';

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
      {search.new && !readOnly && <NewUser onClose={() => change({ new: undefined })} />}
      <Outlet />
    </>
  );
}

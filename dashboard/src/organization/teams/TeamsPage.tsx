import { getRouteApi, Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { useChange } from '../../shell/address';
import { Confirm } from '../../ui/Confirm';
import { later } from '../../ui/later';
import { toast } from '../../ui/toast';
import { say } from '../../words/say';
import { useOrganizationId, useReadOnly } from '../organization';
import { TeamsView } from './TeamsView';
import { createTeam, deleteTeam, type Team, useTeams } from './teams';

const Members = later(async () => (await import('./Members')).Members);
const NewTeam = later(async () => (await import('./NewTeam')).NewTeam);

const route = getRouteApi('/in/organizations/$org/teams');

// TeamsPage is the teams that chats are handed off to.
export function TeamsPage() {
  const o = useOrganizationId();
  const search = route.useSearch();
  const readOnly = useReadOnly();
  const [removing, setRemoving] = useState<Team>();
  const change = useChange(route.useNavigate());
  return (
    <>
      <TeamsView
        organization={o}
        q={search.q ?? ''}
        answer={useTeams(o)}
        readOnly={readOnly}
        onSearch={(text) => change({ q: text || undefined })}
        onCreate={() => change({ new: true }, false)}
        onRemove={setRemoving}
      />
      {removing && (
        <Confirm
          title={say('team.delete.of', { name: removing.label || removing.key })}
          consequences={[
            say('team.delete.handoffs', { key: removing.key }),
            say('team.delete.members', { n: removing.members.length }),
            say('team.delete.key'),
          ]}
          action={say('team.delete')}
          send={async () => {
            await deleteTeam(o, removing.key);
            toast({ title: say('team.deleted', { name: removing.label || removing.key }) });
          }}
          onClose={() => setRemoving(undefined)}
        />
      )}
      {search.new && !readOnly && (
        <NewTeam
          members={(props) => <Members {...props} />}
          create={async (team) => {
            await createTeam(o, team);
            toast({ title: say('team.created', { name: team.label || team.key }) });
            change({ new: undefined });
          }}
          onClose={() => change({ new: undefined })}
        />
      )}
      <Outlet />
    </>
  );
}

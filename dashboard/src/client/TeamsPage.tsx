import { UsersRound } from 'lucide-react';
import { useMe, usePrincipal } from '../api/me';
import { Badge } from '../brand/Badge';
import { type Team, useTeams } from '../organization/teams/teams';
import { useUsers } from '../organization/users/users';
import { Empty, Failed } from '../ui/Empty';
import { Page } from '../ui/Page';
import { Status } from '../ui/Status';
import { say } from '../words/say';

// TeamsPage is who takes the chats that agents hand over: the teams, one's own
// marked, and for administrators who of them is there.
export function TeamsPage() {
  const { organization } = useMe();
  const { id, role, availability } = usePrincipal();
  const o = organization?.id ?? '';
  const { data, error, isPending, refetch } = useTeams(o);
  return (
    <Page title={say('teams')} about={say('teams.about')}>
      {availability && (
        <p className="mb-4 flex flex-wrap items-center gap-2">
          {say('availability.own')} <Status of={availability} />
          <span className="text-dim">{say('availability.hint')}</span>
        </p>
      )}
      {error ? (
        <Failed error={error} again={refetch} />
      ) : isPending ? (
        <div className="ghost h-32" role="status" aria-busy="true" aria-label={say('teams')} />
      ) : data?.items.length === 0 ? (
        <Empty icon={<UsersRound className="size-5" />} title={say('teams.none')}>
          <p>{say('teams.none.text')}</p>
        </Empty>
      ) : (
        <ul className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          {data?.items.map((team) => (
            <li key={team.key} className="rounded-xl border bg-card p-4">
              <div className="flex items-center gap-2">
                <h2 dir="auto" className="min-w-0 flex-1 truncate font-semibold">
                  {team.label || team.key}
                </h2>
                {team.members.includes(id) && (
                  <span className="rounded-full bg-tint px-2 py-0.5 text-[12px] text-link">{say('team.own')}</span>
                )}
              </div>
              {team.description && <p className="text-dim">{team.description}</p>}
              {role === 'org_admin' ? (
                <Members o={o} team={team} />
              ) : (
                <p className="mt-2 text-[13px] text-dim">{say('counts.members', { n: team.members.length })}</p>
              )}
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

function Members({ o, team }: { o: string; team: Team }) {
  const { data, error, refetch } = useUsers(o, { team: team.key });
  if (error) return <Failed error={error} again={refetch} />;
  if (!data) return <div className="ghost mt-2 h-10" />;
  if (data.items.length === 0) return <p className="mt-2 text-[13px] text-dim">{say('counts.members', { n: 0 })}</p>;
  return (
    <ul className="mt-2">
      {data.items.map(({ id, name, avatarUrl, availability, status }) => (
        <li key={id} className="flex items-center gap-2.5 py-1">
          <Badge name={name} logoUrl={avatarUrl} size="size-7" />
          <span dir="auto" className="min-w-0 flex-1 truncate">
            {name}
          </span>
          <Status of={status === 'active' ? availability : status} />
        </li>
      ))}
    </ul>
  );
}

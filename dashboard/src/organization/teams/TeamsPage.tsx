import { getRouteApi, Link, Outlet } from '@tanstack/react-router';
import { Plus, Trash2, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../ui/Button';
import { Confirm } from '../../ui/Confirm';
import { CopyButton } from '../../ui/CopyButton';
import { Empty } from '../../ui/Empty';
import { later } from '../../ui/later';
import { SearchField } from '../../ui/SearchField';
import { Table } from '../../ui/Table';
import { toast } from '../../ui/toast';
import { ago, count } from '../../words/format';
import { say } from '../../words/say';
import { useOrganizationId, useReadOnly } from '../organization';
import { deleteTeam, type Team, useTeams } from './teams';

const NewTeam = later(async () => (await import('./NewTeam')).NewTeam);

const route = getRouteApi('/in/organizations/$org/teams');

const matches = (team: Team, q: string) => `${team.label} ${team.key}`.toLocaleLowerCase().includes(q.toLocaleLowerCase());

// TeamsPage is the teams that chats are handed off to.
export function TeamsPage() {
  const o = useOrganizationId();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const readOnly = useReadOnly();
  const { data, isPending, error, refetch } = useTeams(o);
  const [removing, setRemoving] = useState<Team>();
  const { q } = search;
  const change = (next: typeof search, replace = true) => void navigate({ search: (now) => ({ ...now, ...next }), replace });
  const create = () => change({ new: true }, false);
  const teams = q ? data?.items.filter((team) => matches(team, q)) : data?.items;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <SearchField slash label={say('teams.search')} value={q ?? ''} onSearch={(text) => change({ q: text || undefined })} />
        {!readOnly && (
          <Button kind="strong" icon={<Plus aria-hidden="true" className="size-4" />} onClick={create}>
            {say('team.new')}
          </Button>
        )}
      </div>
      <Table
        label={say('teams')}
        rows={teams}
        keyOf={({ key }) => key}
        loading={isPending}
        error={error}
        again={refetch}
        empty={
          q ? (
            <Empty title={say('nothing.found')} />
          ) : (
            <Empty icon={<UsersRound className="size-5" />} title={say('teams.none')}>
              <p>{say('teams.none.text')}</p>
              {!readOnly && (
                <Button kind="strong" onClick={create}>
                  {say('team.new')}
                </Button>
              )}
            </Empty>
          )
        }
        columns={[
          {
            title: say('team'),
            cell: ({ key, label, description }) => (
              <div className="min-w-0">
                <Link
                  to="/organizations/$org/teams/$team"
                  params={{ org: o, team: key }}
                  search={true}
                  dir="auto"
                  className="font-medium hover:underline"
                >
                  {label || key}
                </Link>
                <div className="truncate text-[13px] text-dim">{description}</div>
              </div>
            ),
          },
          {
            title: say('team.key'),
            cell: ({ key }) => (
              <span className="inline-flex items-center gap-0.5">
                <code className="rounded bg-wash px-1.5 py-0.5 text-[13px]">{key}</code>
                <CopyButton text={key} label={say('team.key.copy', { key })} />
              </span>
            ),
          },
          {
            title: say('members'),
            cell: ({ members }) => <span className="text-dim">{say('counts.members', { n: members.length })}</span>,
          },
          { title: say('team.routing'), quiet: true, cell: ({ routing }) => <span className="text-dim">{say(`routing.${routing}`)}</span> },
          { title: say('team.handoffs'), quiet: true, cell: ({ handoffCount }) => <span className="text-dim">{count(handoffCount)}</span> },
          { title: say('changed'), quiet: true, cell: ({ updatedAt }) => <span className="text-dim">{ago(new Date(updatedAt))}</span> },
          ...(readOnly
            ? []
            : [
                {
                  title: say('actions'),
                  actions: true,
                  cell: (team: Team) => (
                    <IconButton label={say('team.delete.of', { name: team.label || team.key })} onClick={() => setRemoving(team)}>
                      <Trash2 aria-hidden="true" className="size-4" />
                    </IconButton>
                  ),
                },
              ]),
        ]}
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
      {search.new && !readOnly && <NewTeam onClose={() => change({ new: undefined })} />}
      <Outlet />
    </>
  );
}

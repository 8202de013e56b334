import { Link } from '@tanstack/react-router';
import { Plus, Trash2, UsersRound } from 'lucide-react';
import { Button, IconButton } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { Empty } from '../../ui/Empty';
import type { Answer } from '../../ui/Loaded';
import { SearchField } from '../../ui/SearchField';
import { type Listed, Table } from '../../ui/Table';
import { Toolbar } from '../../ui/Toolbar';
import { ago, count } from '../../words/format';
import { say } from '../../words/say';
import type { Team } from './teams';

interface Props {
  organization: string;
  q: string;
  answer: Answer<Listed<Team>>;
  readOnly: boolean;
  onSearch: (text: string) => void;
  onCreate: () => void;
  onRemove: (team: Team) => void;
}

const matches = (team: Team, q: string) => `${team.label} ${team.key}`.toLocaleLowerCase().includes(q.toLocaleLowerCase());

export function TeamsView({ organization, q, answer, readOnly, onSearch, onCreate, onRemove }: Props) {
  return (
    <>
      <Toolbar>
        <SearchField slash label={say('teams.search')} value={q} onSearch={onSearch} />
        {!readOnly && (
          <Button kind="strong" icon={<Plus aria-hidden="true" className="size-4" />} onClick={onCreate}>
            {say('team.new')}
          </Button>
        )}
      </Toolbar>
      <Table
        label={say('teams')}
        answer={{ ...answer, data: answer.data && { items: answer.data.items.filter((team) => matches(team, q)) } }}
        keyOf={({ key }) => key}
        filtered={Boolean(q)}
        empty={
          <Empty icon={<UsersRound className="size-5" />} title={say('teams.none')}>
            <p>{say('teams.none.text')}</p>
            {!readOnly && (
              <Button kind="strong" onClick={onCreate}>
                {say('team.new')}
              </Button>
            )}
          </Empty>
        }
        columns={[
          {
            title: say('team'),
            cell: ({ key, label, description }) => (
              <div className="min-w-0">
                <Link
                  to="/organizations/$org/teams/$team"
                  params={{ org: organization, team: key }}
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
          !readOnly && {
            title: say('actions'),
            actions: 1,
            cell: (team) => (
              <IconButton label={say('team.delete.of', { name: team.label || team.key })} onClick={() => onRemove(team)}>
                <Trash2 aria-hidden="true" className="size-4" />
              </IconButton>
            ),
          },
        ]}
      />
    </>
  );
}

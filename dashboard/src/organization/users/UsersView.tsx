import { Link } from '@tanstack/react-router';
import { FileUp, UserPlus, Users } from 'lucide-react';
import { type ReactNode, useCallback } from 'react';
import { summary } from '../../access/grants';
import { Named } from '../../brand/Named';
import { Button, buttonLook } from '../../ui/Button';
import { Empty } from '../../ui/Empty';
import type { Answer } from '../../ui/Loaded';
import { Picker } from '../../ui/Picker';
import { SearchField } from '../../ui/SearchField';
import { Status } from '../../ui/Status';
import { type Listed, Table } from '../../ui/Table';
import { Toolbar } from '../../ui/Toolbar';
import { ago } from '../../words/format';
import { say } from '../../words/say';
import type { Team } from '../teams/teams';
import { roles, statuses, type UsersSearch } from './search';
import type { User } from './users';

interface Props {
  organization: string;
  search: UsersSearch;
  change: (next: UsersSearch, replace?: boolean) => void;
  answer: Answer<Listed<User>>;
  teams: Team[];
  readOnly: boolean;
  // actions are what can be done about a user.
  actions: (user: User) => ReactNode;
}

export function UsersView({ organization: o, search, change, answer, teams, readOnly, actions }: Props) {
  const onSearch = useCallback((q: string) => change({ q: q || undefined, cursor: undefined }), [change]);
  const filtered = Boolean(search.q || search.status || search.role || search.team);
  const labels = new Map(teams.map(({ key, label }) => [key, label]));
  const create = () => change({ new: true }, false);
  return (
    <>
      <Toolbar>
        <SearchField slash label={say('users.search')} value={search.q ?? ''} onSearch={onSearch} />
        <Picker
          label={say('status')}
          value={search.status ?? ''}
          options={[['', say('status')], ...statuses.map((status) => [status, say(`status.${status}`)] as const)]}
          onPick={(value) => change({ status: statuses.find((status) => status === value), cursor: undefined })}
        />
        <Picker
          label={say('role')}
          value={search.role ?? ''}
          options={[['', say('role')], ...roles.map((role) => [role, say(`role.${role}`)] as const)]}
          onPick={(value) => change({ role: roles.find((role) => role === value), cursor: undefined })}
        />
        {teams.length > 0 && (
          <Picker
            label={say('team')}
            value={search.team ?? ''}
            options={[['', say('team')], ...teams.map(({ key, label }) => [key, label] as const)]}
            onPick={(team) => change({ team: team || undefined, cursor: undefined })}
          />
        )}
        {!readOnly && (
          <>
            <Link to="/organizations/$org/import" params={{ org: o }} className={buttonLook()}>
              <FileUp aria-hidden="true" className="size-4" />
              {say('import')}
            </Link>
            <Button kind="strong" icon={<UserPlus aria-hidden="true" className="size-4" />} onClick={create}>
              {say('user.add')}
            </Button>
          </>
        )}
      </Toolbar>
      <Table
        label={say('users')}
        answer={answer}
        keyOf={({ id }) => id}
        cursor={search.cursor}
        turn={(cursor) => change({ cursor }, false)}
        filtered={Boolean(filtered)}
        empty={
          <Empty icon={<Users className="size-5" />} title={say('users.none')}>
            <p>{say('users.none.text')}</p>
            {!readOnly && (
              <Button kind="strong" onClick={create}>
                {say('user.add')}
              </Button>
            )}
          </Empty>
        }
        columns={[
          {
            title: say('name'),
            badged: true,
            cell: (user) => (
              <Named name={user.name} logoUrl={user.avatarUrl} below={user.email}>
                <Link to="/organizations/$org/users/$user" params={{ org: o, user: user.id }} search={true} className="hover:underline">
                  {user.name}
                </Link>
              </Named>
            ),
          },
          { title: say('role'), cell: ({ role }) => <span className={role === 'org_admin' ? '' : 'text-dim'}>{say(`role.${role}`)}</span> },
          { title: say('status'), cell: ({ status }) => <Status of={status} /> },
          { title: say('grants'), quiet: true, cell: ({ sections }) => <span className="text-dim">{summary(sections)}</span> },
          {
            title: say('teams'),
            quiet: true,
            wraps: true,
            cell: ({ teams: keys }) => <span className="text-dim">{keys.map((key) => labels.get(key) ?? key).join(', ')}</span>,
          },
          {
            title: say('lastSeen'),
            quiet: true,
            cell: ({ lastSeenAt }) => <span className="text-dim">{lastSeenAt ? ago(new Date(lastSeenAt)) : say('never')}</span>,
          },
          { title: say('actions'), actions: 1, cell: actions },
        ]}
      />
    </>
  );
}

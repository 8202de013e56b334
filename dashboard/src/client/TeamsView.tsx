import { UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Principal } from '../api/me';
import { Badge } from '../brand/Badge';
import type { Team } from '../organization/teams/teams';
import type { User } from '../organization/users/users';
import { Empty } from '../ui/Empty';
import { type Answer, Loaded } from '../ui/Loaded';
import { Page } from '../ui/Page';
import { Status } from '../ui/Status';
import { say } from '../words/say';

interface Props {
  answer: Answer<{ items: Team[] }>;
  viewer: Pick<Principal, 'id' | 'role' | 'availability'>;
  // people shows who is in a team, to those who may see that.
  people: (team: Team) => ReactNode;
}

// TeamsView is the teams as those see them who are in them: one's own are marked.
export const TeamsView = ({ answer, viewer: { id, role, availability }, people }: Props) => (
  <Page title={say('teams')} about={say('teams.about')}>
    {availability && (
      <p className="mb-4 flex flex-wrap items-center gap-2">
        {say('availability.own')} <Status of={availability} />
        <span className="text-dim">{say('availability.hint')}</span>
      </p>
    )}
    <Loaded answer={answer} outline="h-32" label={say('teams')}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty icon={<UsersRound className="size-5" />} title={say('teams.none')}>
            <p>{say('teams.none.text')}</p>
          </Empty>
        ) : (
          <ul className="grid grid-cols-1 gap-3 sm:grid-cols-2">
            {items.map((team) => (
              <TeamCard key={team.key} team={team} own={team.members.includes(id)}>
                {role === 'org_admin' ? (
                  people(team)
                ) : (
                  <p className="mt-2 text-[13px] text-dim">{say('counts.members', { n: team.members.length })}</p>
                )}
              </TeamCard>
            ))}
          </ul>
        )
      }
    </Loaded>
  </Page>
);

const TeamCard = ({ team: { key, label, description }, own, children }: { team: Team; own: boolean; children: ReactNode }) => (
  <li className="rounded-xl border bg-card p-4">
    <div className="flex items-center gap-2">
      <h2 dir="auto" className="min-w-0 flex-1 truncate font-semibold">
        {label || key}
      </h2>
      {own && <span className="rounded-full bg-tint px-2 py-0.5 text-[12px] text-link">{say('team.own')}</span>}
    </div>
    {description && <p className="text-dim">{description}</p>}
    {children}
  </li>
);

// People are who is in a team, and who of them is there.
export const People = ({ answer }: { answer: Answer<{ items: User[] }> }) => (
  <Loaded answer={answer} outline="mt-2 h-10" label={say('members')}>
    {({ items }) =>
      items.length === 0 ? (
        <p className="mt-2 text-[13px] text-dim">{say('counts.members', { n: 0 })}</p>
      ) : (
        <ul className="mt-2">
          {items.map(({ id, name, avatarUrl, availability, status }) => (
            <li key={id} className="flex items-center gap-2.5 py-1">
              <Badge name={name} logoUrl={avatarUrl} size="size-7" />
              <span dir="auto" className="min-w-0 flex-1 truncate">
                {name}
              </span>
              <Status of={status === 'active' ? availability : status} />
            </li>
          ))}
        </ul>
      )
    }
  </Loaded>
);

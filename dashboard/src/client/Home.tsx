import { Link } from '@tanstack/react-router';
import { Bot, ChevronRight, type LucideIcon } from 'lucide-react';
import { type Me, type Principal, useMe, usePrincipal } from '../api/me';
import { Badge } from '../brand/Badge';
import { Empty } from '../ui/Empty';
import { Page } from '../ui/Page';
import { Status } from '../ui/Status';
import { say } from '../words/say';
import { iconOf } from './icons';
import { type Agent, sectionsOf } from './sections';

// Home greets whoever is signed in, and shows what they may do with which agent.
export const Home = () => <HomeView me={useMe()} principal={usePrincipal()} />;

export function HomeView({ me, principal: { name, role } }: { me: Me; principal: Pick<Principal, 'name' | 'role'> }) {
  const { organization, agents, workspace } = me;
  const known = `role.${role}` as 'role.user' | 'role.org_admin';
  return (
    <Page title={say('home.title', { name })} about={`${organization?.name ?? ''} · ${say(known)}`}>
      <h2 className="mb-3 font-semibold">{say('in.agents')}</h2>
      {agents.length === 0 ? (
        <Empty icon={<Bot className="size-5" />} title={say('in.noAgents')}>
          <p>{say('in.noAgents.text', { agency: workspace.name })}</p>
        </Empty>
      ) : (
        <ul className="grid grid-cols-1 gap-3 sm:grid-cols-2 xl:grid-cols-3">
          {agents.map((agent) => (
            <li key={agent.id}>
              <AgentCard agent={agent} me={me} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

function AgentCard({ agent, me }: { agent: Agent; me: Me }) {
  const sections = sectionsOf(agent, me);
  return (
    <article className="h-full rounded-xl border bg-card p-4">
      <div className="mb-3 flex items-center gap-3">
        <Badge name={agent.name} logoUrl={agent.avatarUrl} size="size-10" />
        <div className="min-w-0 flex-1">
          <h3 dir="auto" className="truncate font-semibold">
            {agent.name}
          </h3>
          <p className="line-clamp-2 text-[13px] text-dim">{agent.description || agent.channels?.join(', ')}</p>
        </div>
        {agent.status && <Status of={agent.status} />}
      </div>
      {sections.length === 0 ? (
        <p className="text-dim">{say('in.noSections')}</p>
      ) : (
        <ul>
          {sections.map(({ key, title, grant, icon }) => (
            <li key={key}>
              <Link
                to="/view/$agent/$section"
                params={{ agent: agent.id, section: key }}
                className="control flex items-center gap-3 rounded-lg px-2 hover:bg-wash"
              >
                <SectionIcon of={iconOf(key, icon)} />
                <span dir="auto" className="min-w-0 flex-1 truncate">
                  {title}
                </span>
                <span className="flex-none text-[13px] text-dim">{grant === 'edit' ? say('grant.edit') : say('grant.view')}</span>
                <ChevronRight aria-hidden="true" className="size-4 flex-none text-dim rtl:rotate-180" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

const SectionIcon = ({ of: Icon }: { of: LucideIcon }) => <Icon aria-hidden="true" className="size-4 flex-none text-dim" />;

import { Link } from '@tanstack/react-router';
import { LayoutDashboard, Menu as MenuIcon, SlidersHorizontal, UsersRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useMe, usePrincipal } from '../api/me';
import { Foot } from '../brand/Foot';
import { Head } from '../brand/Head';
import { iconOf } from '../client/icons';
import { sectionsOf } from '../client/sections';
import { useAgent } from '../client/useAgent';
import { IconButton } from '../ui/Button';
import { useInSight } from '../ui/inSight';
import { later } from '../ui/later';
import { say } from '../words/say';
import { Account } from './Account';
import { AgentSwitcher } from './AgentSwitcher';

const Drawer = later(async () => (await import('../ui/Drawer')).Drawer);

// ClientShell is around what a client's people see, as their organization has it:
// its tabs down the side, or along the top.
export function ClientShell({ children }: { children: ReactNode }) {
  const layout = useMe().organization?.layout;
  return layout === 'horizontal' ? <Horizontal>{children}</Horizontal> : <Vertical>{children}</Vertical>;
}

const Skip = () => (
  <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-lg focus:bg-card focus:p-2">
    {say('skip')}
  </a>
);

const Main = ({ children }: { children: ReactNode }) => (
  <main id="main" tabIndex={-1} className="relative flex min-h-0 flex-1 flex-col overflow-y-auto">
    <div className="flex-1">{children}</div>
    <div className="px-4 py-6 empty:hidden">
      <Foot />
    </div>
  </main>
);

function Vertical({ children }: { children: ReactNode }) {
  return (
    <div className="flex h-dvh max-md:flex-col">
      <Skip />
      <header className="flex-none border-b bg-card md:hidden">
        <TopBar />
      </header>
      <aside className="flex w-60 flex-none flex-col gap-4 border-e bg-card p-3 max-md:hidden">
        <div className="flex min-h-10 items-center gap-2.5 px-1">
          <Head small />
        </div>
        <AgentSwitcher />
        <Tabs />
        <div className="mt-auto">
          <Account wide />
        </div>
      </aside>
      <Main>{children}</Main>
    </div>
  );
}

function Horizontal({ children }: { children: ReactNode }) {
  return (
    <div className="flex h-dvh flex-col">
      <Skip />
      <header className="flex-none border-b bg-card">
        <TopBar />
        <div className="flex items-center gap-2 border-t px-3 max-md:hidden">
          <Tabs along />
          <span className="w-52 flex-none">
            <AgentSwitcher />
          </span>
        </div>
      </header>
      <Main>{children}</Main>
    </div>
  );
}

// TopBar has all on a small screen, where the tabs are behind a button.
function TopBar() {
  const [open, setOpen] = useState(false);
  return (
    <div className="flex items-center gap-2 px-3 py-2">
      <IconButton label={say('navigation')} aria-expanded={open} onClick={() => setOpen(true)} className="md:hidden">
        <MenuIcon aria-hidden="true" className="size-5" />
      </IconButton>
      <div className="flex min-w-0 flex-1 items-center gap-2.5">
        <Head small />
      </div>
      <Account />
      {open && (
        <Drawer title={say('navigation')} onClose={() => setOpen(false)}>
          <AgentSwitcher />
          <Tabs onFollow={() => setOpen(false)} />
        </Drawer>
      )}
    </div>
  );
}

const tab =
  'control flex flex-none items-center gap-2.5 rounded-lg px-2.5 text-dim hover:bg-wash hover:text-ink aria-[current=page]:bg-tint aria-[current=page]:font-medium aria-[current=page]:text-link';

// Tabs are the sections of the agent that one looks at, and what else one can go to.
function Tabs({ along, onFollow }: { along?: boolean; onFollow?: () => void }) {
  const me = useMe();
  const { role } = usePrincipal();
  const agent = useAgent();
  const row = useInSight();
  return (
    <nav
      ref={row}
      aria-label={say('navigation')}
      className={along ? 'flex flex-1 gap-1 overflow-x-auto py-1.5' : 'flex flex-col gap-0.5 overflow-y-auto'}
    >
      <Link to="/" activeOptions={{ exact: true }} className={tab} onClick={onFollow}>
        <LayoutDashboard aria-hidden="true" className="size-4" />
        {say('overview')}
      </Link>
      {agent &&
        sectionsOf(agent, me).map(({ key, title, icon }) => {
          const Icon = iconOf(key, icon);
          return (
            <Link key={key} to="/view/$agent/$section" params={{ agent: agent.id, section: key }} className={tab} onClick={onFollow}>
              <Icon aria-hidden="true" className="size-4" />
              <span dir="auto" className="truncate">
                {title}
              </span>
            </Link>
          );
        })}
      <Link to="/team" className={`${tab} ${along ? '' : 'mt-3'}`} onClick={onFollow}>
        <UsersRound aria-hidden="true" className="size-4" />
        {say('teams')}
      </Link>
      {role === 'org_admin' && me.organization && (
        <Link to="/organizations/$org" params={{ org: me.organization.id }} className={tab} onClick={onFollow}>
          <SlidersHorizontal aria-hidden="true" className="size-4" />
          {say('client.manage')}
        </Link>
      )}
    </nav>
  );
}

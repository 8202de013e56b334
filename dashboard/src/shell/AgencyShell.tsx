import { Link, useLocation } from '@tanstack/react-router';
import { Activity, Bot, Building2, Search, Settings } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMe } from '../api/me';
import { Badge } from '../brand/Badge';
import { say } from '../words/say';
import { Account } from './Account';
import { openPalette } from './shortcuts';

const shortcut = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘K' : 'Ctrl K';

const places = [
  { to: '/clients', label: 'clients', Icon: Building2 },
  { to: '/agents', label: 'agents', Icon: Bot },
  { to: '/activity', label: 'activity', Icon: Activity },
  { to: '/settings', label: 'settings', Icon: Settings },
] as const;

// AgencyShell is around the agency's own views.
export function AgencyShell({ children }: { children: ReactNode }) {
  const { brand, workspace } = useMe();
  // What is managed of one client is a part of the Clients.
  const ofClient = useLocation({ select: ({ pathname }) => pathname.startsWith('/organizations/') });
  return (
    <div className="flex h-dvh flex-col">
      <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-lg focus:bg-card focus:p-2">
        {say('skip')}
      </a>
      <header className="flex flex-none items-center gap-1 border-b bg-card px-3 py-2 sm:px-5">
        <Badge name={workspace.name} logoUrl={brand.logoUrl} />
        <span className="mr-3 ml-1.5 min-w-0 truncate font-semibold max-sm:flex-1">{workspace.name}</span>
        <nav
          aria-label={say('navigation')}
          className="flex flex-1 gap-1 max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-20 max-md:justify-around max-md:border-t max-md:bg-card max-md:px-2 max-md:py-1"
        >
          {places.map(({ to, label, Icon }) => (
            <Link
              key={to}
              to={to}
              {...(ofClient && to === '/clients' && { 'aria-current': 'true' as const })}
              className="control inline-flex items-center gap-2 rounded-lg px-3 text-dim hover:bg-wash hover:text-ink [&[aria-current]]:bg-tint [&[aria-current]]:font-medium [&[aria-current]]:text-link max-md:flex-col max-md:gap-0.5 max-md:px-4 max-md:py-1 max-md:text-[11px]"
            >
              <Icon aria-hidden="true" className="size-4 max-md:size-5" />
              {say(label)}
            </Link>
          ))}
        </nav>
        <button
          type="button"
          onClick={openPalette}
          aria-keyshortcuts="Meta+K Control+K"
          className="control flex items-center gap-2 rounded-lg border px-3 text-dim hover:bg-wash max-sm:border-0"
        >
          <Search aria-hidden="true" className="size-4" />
          <span className="sr-only">{say('palette')}</span>
          <span aria-hidden="true" className="text-[11px] max-sm:hidden">
            {shortcut}
          </span>
        </button>
        <Account />
      </header>
      <main id="main" tabIndex={-1} className="relative min-h-0 flex-1 overflow-y-auto max-md:mb-14">
        {children}
      </main>
    </div>
  );
}

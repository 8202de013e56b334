import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { usePrincipal } from '../../api/me';
import { may } from '../../api/rights';
import { useInSight } from '../../ui/inSight';
import { Page } from '../../ui/Page';
import { say } from '../../words/say';

const parts = [
  { to: '/settings/brand', label: 'brand' },
  { to: '/settings/mail', label: 'settings.mail' },
  { to: '/settings/staff', label: 'staff' },
  { to: '/settings/tabs', label: 'tabs' },
  { to: '/settings/sign-in', label: 'settings.signIn' },
  { to: '/settings/api-keys', label: 'apiKeys', keys: true },
] as const;

// Settings are the agency's own.
export function Settings() {
  const keys = may(usePrincipal(), 'settle');
  const row = useInSight();
  const { pathname } = useLocation();
  const part = parts.find(({ to }) => pathname.startsWith(to));
  return (
    <Page title={say('settings')} name={part ? `${say(part.label)} · ${say('settings')}` : undefined}>
      <div className="flex gap-6 max-md:flex-col">
        <nav ref={row} aria-label={say('settings')} className="flex w-44 flex-none gap-1 max-md:w-full max-md:overflow-x-auto md:flex-col">
          {parts
            .filter((part) => keys || !('keys' in part))
            .map(({ to, label }) => (
              <Link
                key={to}
                to={to}
                className="control flex flex-none items-center rounded-lg px-3 text-dim hover:bg-wash hover:text-ink aria-[current=page]:bg-tint aria-[current=page]:font-medium aria-[current=page]:text-link"
              >
                {say(label)}
              </Link>
            ))}
        </nav>
        <div className="min-w-0 flex-1 space-y-6">
          <Outlet />
        </div>
      </div>
    </Page>
  );
}

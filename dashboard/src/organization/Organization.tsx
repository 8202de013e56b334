import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { Badge } from '../brand/Badge';
import { useInSight } from '../ui/inSight';
import { useTitle } from '../ui/Page';
import { Status } from '../ui/Status';
import { say } from '../words/say';
import { useIsStaff, useOrganization } from './organization';

const parts = [
  { to: '/organizations/$org/users', label: 'users', counts: 'users' },
  { to: '/organizations/$org/teams', label: 'teams', counts: 'teams' },
  { to: '/organizations/$org/invitations', label: 'invitations', counts: 'pendingInvitations' },
  { to: '/organizations/$org/agents', label: 'agents', counts: 'agents' },
  { to: '/organizations/$org/info', label: 'info', counts: undefined },
  { to: '/organizations/$org/activity', label: 'activity', counts: undefined },
] as const;

// Organization is around all that is managed of one: by the agency, or by its own
// administrators.
export function Organization() {
  const organization = useOrganization();
  const staff = useIsStaff();
  const { id, name, logoUrl, status, counts } = organization;
  const { pathname } = useLocation();
  const part = parts.find(({ label }) => pathname.split('/')[3] === label);
  useTitle(part ? `${say(part.label)} · ${name}` : name);
  const row = useInSight();
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-5 sm:px-6">
      {staff && (
        <Link to="/clients" className="mb-3 inline-flex items-center gap-1 text-dim hover:text-ink">
          <ChevronLeft aria-hidden="true" className="size-4" />
          {say('clients')}
        </Link>
      )}
      <div className="mb-4 flex items-center gap-3">
        <Badge name={name} logoUrl={logoUrl} size="size-10" />
        <h1 dir="auto" className="min-w-0 truncate text-xl font-semibold tracking-tight">
          {name}
        </h1>
        {status !== 'active' && <Status of={status} />}
      </div>
      {staff && (status === 'archived' || status === 'deleted' || status === 'suspended') && (
        <p className="mb-4 rounded-lg bg-warn-wash px-3 py-2 text-warn">{say(`client.is.${status}`)}</p>
      )}
      <nav ref={row} aria-label={say('client.parts')} className="mb-5 flex gap-1 overflow-x-auto border-b">
        {parts.map(({ to, label, counts: of }) => (
          <Link
            key={to}
            to={to}
            params={{ org: id }}
            className="control -mb-px flex flex-none items-center gap-1.5 border-b-2 border-transparent px-3 text-dim hover:text-ink aria-[current=page]:border-link aria-[current=page]:font-medium aria-[current=page]:text-ink"
          >
            {say(label)}
            {of && counts[of] > 0 && <span className="rounded-full bg-wash px-1.5 text-[12px] text-dim">{counts[of]}</span>}
          </Link>
        ))}
      </nav>
      <Outlet />
    </div>
  );
}

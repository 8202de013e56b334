import { Link } from '@tanstack/react-router';
import { Bot, ChevronRight, Mail, Users, X } from 'lucide-react';
import { use } from 'react';
import { Badge } from '../../brand/Badge';
import { Status } from '../../ui/Status';
import type { Pool } from '../../ui/VirtualList';
import { count } from '../../words/format';
import { say } from '../../words/say';
import type { Assigned, Organization } from './assignments';
import { MovingContext } from './moving';

interface Props {
  organization: Organization;
  selected: boolean;
  // assigned are the agents of the selected client, which this may be.
  assigned: Pool<Assigned>;
  droppable: boolean;
  onSelect: () => void;
  onUnassign?: (agent: Assigned) => void;
}

const open = ({ status }: Organization) => status === 'active' || status === 'suspended';

export function OrganizationRow({ organization, selected, assigned, droppable, onSelect, onUnassign }: Props) {
  const { id, name, logoUrl, status, counts } = organization;
  const takes = droppable && open(organization);
  const { setNodeRef, isOver } = use(MovingContext).useTarget(organization, !takes);
  return (
    <div
      ref={setNodeRef}
      className={`mx-2 my-0.5 rounded-lg border ${isOver ? 'border-link bg-tint' : selected ? 'border-line bg-wash' : 'border-transparent hover:bg-wash'}`}
    >
      <div className="flex items-center gap-3 px-2 py-2">
        <button
          type="button"
          aria-expanded={selected}
          onClick={onSelect}
          className="flex min-w-0 flex-1 items-center gap-3 rounded-lg text-start"
        >
          <Badge name={name} logoUrl={logoUrl} size="size-9" />
          <span className="min-w-0 flex-1">
            <span className="flex items-center gap-2">
              <span dir="auto" className="truncate font-medium">
                {name}
              </span>
              {status !== 'active' && <Status of={status} />}
            </span>
            <span className="flex gap-3 text-[13px] text-dim">
              <Count Icon={Bot} n={counts.agents} label={say('counts.agents', { n: counts.agents })} />
              <Count Icon={Users} n={counts.users} label={say('counts.users', { n: counts.users })} />
              {counts.pendingInvitations > 0 && (
                <Count Icon={Mail} n={counts.pendingInvitations} label={say('counts.invitations', { n: counts.pendingInvitations })} />
              )}
            </span>
          </span>
        </button>
        <Link
          to="/organizations/$org/users"
          params={{ org: id }}
          aria-label={say('client.manage.of', { name })}
          className="control inline-flex flex-none items-center gap-0.5 rounded-lg px-2 text-dim hover:bg-card hover:text-ink"
        >
          <span className="max-sm:sr-only">{say('client.manage')}</span>
          <ChevronRight aria-hidden="true" className="size-4" />
        </Link>
      </div>
      {selected && <Agents {...{ name, assigned, onUnassign }} empty={counts.agents === 0} />}
    </div>
  );
}

// Count is a number with a picture; what it counts is read aloud, and shown to who waits on it.
const Count = ({ Icon, n, label }: { Icon: typeof Bot; n: number; label: string }) => (
  <span className="inline-flex items-center gap-1" title={label}>
    <Icon aria-hidden="true" className="size-3.5" />
    <span aria-hidden="true">{count(n)}</span>
    <span className="sr-only">{label}</span>
  </span>
);

function Agents({
  name,
  assigned,
  onUnassign,
  empty,
}: {
  name: string;
  assigned: Pool<Assigned>;
  onUnassign?: (agent: Assigned) => void;
  empty: boolean;
}) {
  if (assigned.loading && !empty) return <div className="ghost mx-2 mb-2 h-8" />;
  if (assigned.items.length === 0) return <p className="px-2 pb-2.5 text-[13px] text-dim">{say('client.noAgents')}</p>;
  return (
    <ul aria-label={say('client.agents', { name })} className="flex flex-wrap gap-1.5 px-2 pb-2.5">
      {assigned.items.map((agent) => (
        <li key={agent.id} className="flex max-w-full items-center gap-1 rounded-full border bg-card py-0.5 pr-1 pl-2.5 text-[13px]">
          <span dir="auto" className="truncate">
            {agent.name}
          </span>
          {onUnassign && (
            <button
              type="button"
              aria-label={say('unassign', { what: agent.name, client: name })}
              title={say('unassign', { what: agent.name, client: name })}
              onClick={() => onUnassign(agent)}
              className="grid size-6 flex-none place-items-center rounded-full text-dim hover:bg-wash hover:text-bad"
            >
              <X aria-hidden="true" className="size-3.5" />
            </button>
          )}
        </li>
      ))}
      {assigned.more && (
        <li>
          <button type="button" className="px-2 text-[13px] text-link underline" onClick={assigned.more}>
            {say('more')}
          </button>
        </li>
      )}
    </ul>
  );
}

import { Check, GripVertical } from 'lucide-react';
import { use } from 'react';
import { Badge } from '../../brand/Badge';
import { Button } from '../../ui/Button';
import { Status } from '../../ui/Status';
import { say } from '../../words/say';
import type { Agent } from './assignments';
import { MovingContext } from './moving';

interface Props {
  agent: Agent;
  chosen: boolean;
  movable: boolean;
  onChoose: () => void;
  // client is the one that is selected, and has is whether it has the agent.
  client?: string;
  has: boolean;
  onAssign?: () => void;
  onClients: () => void;
}

export function AgentRow({ agent, chosen, movable, onChoose, client, has, onAssign, onClients }: Props) {
  const { name, provider, channels, status, avatarUrl, organizationCount } = agent;
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, isDragging } = use(MovingContext).useMovable(agent, !movable);
  return (
    <div
      ref={setNodeRef}
      {...listeners}
      className={`group mx-2 my-0.5 flex items-center gap-2.5 rounded-lg border px-2 py-2 ${chosen ? 'border-link bg-tint' : 'border-transparent hover:bg-wash'} ${isDragging ? 'opacity-40' : ''} ${movable ? 'cursor-grab' : ''}`}
    >
      {movable && (
        <>
          <button
            ref={setActivatorNodeRef}
            type="button"
            aria-label={say('drag.handle', { name })}
            aria-describedby={attributes?.['aria-describedby']}
            className="grid size-6 flex-none cursor-grab place-items-center rounded text-dim hover:text-ink"
          >
            <GripVertical aria-hidden="true" className="size-4" />
          </button>
          <input
            type="checkbox"
            aria-label={say('choose', { name })}
            checked={chosen}
            onChange={onChoose}
            className="size-4 flex-none accent-(--link)"
          />
        </>
      )}
      <Badge name={name} logoUrl={avatarUrl} size="size-9" />
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2">
          <span dir="auto" className="truncate font-medium">
            {name}
          </span>
          {status === 'paused' && <Status of="paused" />}
        </div>
        <div className="truncate text-[13px] text-dim">
          <button
            type="button"
            className="underline decoration-transparent underline-offset-2 hover:text-ink hover:decoration-current"
            onClick={onClients}
            disabled={organizationCount === 0}
          >
            {say('counts.clients', { n: organizationCount })}
          </button>
          {[provider, channels.join(', ')].filter(Boolean).map((about) => (
            <span key={about}> · {about}</span>
          ))}
        </div>
      </div>
      {has ? (
        <span
          className="inline-flex flex-none items-center gap-1 text-[13px] font-medium text-good"
          title={say('assigned.to', { client: client ?? '' })}
        >
          <Check aria-hidden="true" className="size-4" />
          <span className="max-sm:sr-only">{say('assigned.here')}</span>
        </span>
      ) : (
        onAssign && (
          <Button aria-label={say('assign.what', { what: name, client: client ?? '' })} className="flex-none" onClick={onAssign}>
            {say('assign')}
          </Button>
        )
      )}
    </div>
  );
}

import {
  type Announcements,
  type CollisionDetection,
  closestCenter,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  type KeyboardCoordinateGetter,
  KeyboardSensor,
  type Modifier,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import { say } from '../../words/say';
import { type Agent, named, type Organization } from './assignments';
import { type Moving, MovingContext } from './moving';

export interface DraggingProps {
  // chosen are moved together, when one of them is.
  chosen: ReadonlyMap<string, Agent>;
  onDrop: (organization: Organization, agents: Agent[]) => void;
  children: ReactNode;
}

type Held = { data: { current?: { agent?: Agent; organization?: Organization } } } | null | undefined;

const agentOf = (held: Held) => held?.data.current?.agent;
const organizationOf = (held: Held) => held?.data.current?.organization;

// What the pointer is over is meant; without a pointer, what is nearest.
const meant: CollisionDetection = (args) => (args.pointerCoordinates ? pointerWithin(args) : closestCenter(args));

// step goes from client to client by the arrow keys, in the order that they stand in.
const step: KeyboardCoordinateGetter = (event, { context: { droppableContainers, over, collisionRect } }) => {
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.code];
  if (!by || !collisionRect) return undefined;
  event.preventDefault();
  const clients = droppableContainers
    .getEnabled()
    .flatMap(({ id, node }) => (node.current ? [{ id, node: node.current, at: node.current.getBoundingClientRect() }] : []))
    .sort((a, b) => a.at.top - b.at.top);
  const now = clients.findIndex(({ id }) => id === over?.id);
  const next = clients[now < 0 ? 0 : Math.min(Math.max(now + by, 0), clients.length - 1)];
  if (!next) return undefined;
  next.node.scrollIntoView({ block: 'center' });
  const at = next.node.getBoundingClientRect();
  return { x: at.left + at.width * 0.7, y: at.top + (at.height - collisionRect.height) / 2 };
};

// Moved are the agents that are being moved, by id.
const Moved = createContext<ReadonlySet<string>>(new Set());

const moving: Moving = {
  useMovable: (agent, disabled) => {
    const movable = useDraggable({ id: agent.id, data: { agent }, disabled });
    return { ...movable, isDragging: use(Moved).has(agent.id) };
  },
  useTarget: (organization, disabled) => useDroppable({ id: organization.id, data: { organization }, disabled }),
};

// half is half of what is shown at the pointer, at its widest.
const half = 144;

// atPointer shows what is moved under the mouse, or above the finger, whichever part
// of its row it was taken by. Neither hides the client that is meant.
const atPointer: Modifier = ({ activatorEvent, activeNodeRect, transform }) => {
  const touched = activatorEvent && 'touches' in activatorEvent ? (activatorEvent as TouchEvent).touches[0] : undefined;
  const pointer = touched ?? (activatorEvent instanceof MouseEvent ? activatorEvent : undefined);
  if (!pointer || !activeNodeRect) return transform;
  const x = Math.min(Math.max(pointer.clientX + transform.x, half + 8), innerWidth - half - 8);
  const y = pointer.clientY + transform.y + (touched ? -64 : 18);
  return { ...transform, x: x - activeNodeRect.left, y: y - activeNodeRect.top };
};

// Dragging lets agents be moved onto clients by mouse, by touch (after a moment, so
// that lists can still be scrolled) and by keyboard, and says aloud what happens.
export function Dragging({ chosen, onDrop, children }: DraggingProps) {
  const [moved, setMoved] = useState<Agent[]>([]);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: step, scrollBehavior: 'auto' }),
  );
  const ids = useMemo(() => new Set(moved.map(({ id }) => id)), [moved]);
  const all = (agent?: Agent) => (agent && chosen.has(agent.id) ? [...chosen.values()] : agent ? [agent] : []);

  function drop({ active, over }: DragEndEvent) {
    const organization = organizationOf(over);
    if (organization && moved.length > 0) onDrop(organization, all(agentOf(active)));
    setMoved([]);
  }

  const announcements: Announcements = {
    onDragStart: ({ active }) => say('drag.started', { what: named(all(agentOf(active))) }),
    onDragOver: ({ over }) => (over ? say('drag.over', { client: organizationOf(over)?.name ?? '' }) : say('drag.nowhere')),
    onDragEnd: ({ over }) => (over ? say('drag.dropped', { client: organizationOf(over)?.name ?? '' }) : say('drag.cancelled')),
    onDragCancel: () => say('drag.cancelled'),
  };

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={meant}
      accessibility={{ announcements, screenReaderInstructions: { draggable: say('drag.help') } }}
      onDragStart={({ active }) => setMoved(all(agentOf(active)))}
      onDragEnd={drop}
      onDragCancel={() => setMoved([])}
    >
      <MovingContext value={moving}>
        <Moved value={ids}>{children}</Moved>
      </MovingContext>
      <DragOverlay dropAnimation={null} modifiers={[atPointer]}>
        {moved.length > 0 && (
          <div className="flex w-max max-w-72 -translate-x-1/2 cursor-grabbing items-center gap-2 rounded-lg border border-link bg-raised px-3 py-2 font-medium shadow-xl">
            <span className="truncate">{moved.length > 1 ? say('counts.agents', { n: moved.length }) : moved[0]?.name}</span>
          </div>
        )}
      </DragOverlay>
    </DndContext>
  );
}

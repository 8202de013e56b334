// How a row takes part in moving agents onto clients. What moves them comes after
// the lists (see Lists); until then rows lie still.
import type { DraggableAttributes, DraggableSyntheticListeners } from '@dnd-kit/core';
import { createContext } from 'react';
import type { Agent, Organization } from './assignments';

export interface Movable {
  setNodeRef: (element: HTMLElement | null) => void;
  setActivatorNodeRef: (element: HTMLElement | null) => void;
  attributes?: DraggableAttributes;
  listeners?: DraggableSyntheticListeners;
  isDragging: boolean;
}

export interface Target {
  setNodeRef: (element: HTMLElement | null) => void;
  isOver: boolean;
}

export interface Moving {
  useMovable: (agent: Agent, disabled: boolean) => Movable;
  useTarget: (organization: Organization, disabled: boolean) => Target;
}

const nowhere = () => {};
const still: Movable & Target = { setNodeRef: nowhere, setActivatorNodeRef: nowhere, isDragging: false, isOver: false };

export const MovingContext = createContext<Moving>({ useMovable: () => still, useTarget: () => still });

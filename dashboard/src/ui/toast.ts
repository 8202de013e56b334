// What has just happened, and how to take it back. What shows toasts is loaded
// with the first of them.
import { useSyncExternalStore } from 'react';

export interface Told {
  title: string;
  // undo takes back what the toast tells of.
  undo?: () => void;
  bad?: boolean;
}

type Show = (told: Told) => void;

let show: Show | undefined;
let any = false;
const waiting: Told[] = [];
const listeners = new Set<() => void>();

export function toast(told: Told) {
  any = true;
  if (show) show(told);
  else waiting.push(told);
  for (const listener of listeners) listener();
}

// showBy is who shows them from now on, those that wait first.
export function showBy(by: Show) {
  show = by;
  waiting.splice(0).forEach(by);
}

// useToasted is whether there was any toast yet.
export const useToasted = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => any,
  );

// Light or dark: as the person chose on this device, else as the brand begins,
// else as the device is set.
import { useSyncExternalStore } from 'react';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const place = 'theme';
let dark = false;
const listeners = new Set<() => void>();

function chosen(): Theme | null {
  try {
    return themes.find((theme) => theme === localStorage.getItem(place)) ?? null;
  } catch {
    return null;
  }
}

export const theme = (): Theme => chosen() ?? (dark ? 'dark' : 'system');

function show() {
  const now = theme();
  document.documentElement.dataset.theme = now === 'system' ? '' : now;
  for (const listener of listeners) listener();
}

// begin shows a brand's own theme to who has chosen none.
export function begin(darkMode = false) {
  dark = darkMode;
  show();
}

export function choose(next: Theme) {
  try {
    localStorage.setItem(place, next);
  } catch {
    dark = next === 'dark';
  }
  show();
}

export const useTheme = () =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, theme);

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { aim, goal } from './goal';

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('one goes where one was going, once', () => {
  aim('/organizations/org_1/teams?q=desk');
  expect(goal()).toBe('/organizations/org_1/teams?q=desk');
  expect(goal()).toBe('/');
});

it('an hour later one begins at the start', () => {
  aim('/activity');
  vi.advanceTimersByTime(61 * 60 * 1000);
  expect(goal()).toBe('/');
});

it.each(['//elsewhere.example', '/\\elsewhere.example', 'https://elsewhere.example', ''])('%j is no goal', (path) => {
  aim(path);
  expect(goal()).toBe('/');
});

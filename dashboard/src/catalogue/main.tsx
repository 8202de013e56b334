// The catalogue of views: each in every state that it can be in, without an API.
// It is for those who work on them (`npm run catalogue`) and for tests; it is not
// published.
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queries } from '../api/client';
import '../styles.css';
import { learnManaging, speak } from '../words/say';

export interface Entry {
  // title is what the view is called.
  title: string;
  // whole is whether it is a page of its own, and not a part of one.
  whole?: boolean;
  // states are what it shows in each: default, empty, loading, error, read-only, saving …
  states: Record<string, () => ReactNode>;
}

const entries = Object.values(import.meta.glob<{ default: Entry }>('../**/*.states.tsx', { eager: true })).map((module) => module.default);

function List() {
  return (
    <main className="mx-auto max-w-2xl space-y-4 p-6">
      <h1 className="text-xl font-semibold">Catalogue of views</h1>
      {entries.map(({ title, states }) => (
        <section key={title}>
          <h2 className="font-semibold">{title}</h2>
          <ul className="flex flex-wrap gap-3">
            {Object.keys(states).map((state) => (
              <li key={state}>
                <a className="text-link underline" href={`?${new URLSearchParams({ view: title, state })}`}>
                  {state}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </main>
  );
}

function Shown() {
  const asked = new URLSearchParams(location.search);
  const entry = entries.find(({ title }) => title === asked.get('view'));
  const state = entry?.states[asked.get('state') ?? ''];
  if (entry?.whole && state) return state();
  return state ? (
    <main className="mx-auto h-dvh max-w-6xl p-4">
      <h1 className="sr-only">{asked.get('view')}</h1>
      {state()}
    </main>
  ) : (
    <List />
  );
}

const place = document.getElementById('app');
if (!place) throw new Error('the page has no place for the catalogue');
await speak('en');
await learnManaging();
const router = createRouter({ routeTree: createRootRoute({ component: Shown }), history: createMemoryHistory() });
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>
  </StrictMode>,
);

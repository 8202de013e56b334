import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { queries } from './api/client';
import { isRefusal } from './api/refusal';
import * as session from './api/session';
import { router } from './routes';
import './styles.css';
import { later } from './ui/later';
import { useToasted } from './ui/toast';
import { language, onLanguage, speak } from './words/say';

// A link that lets staff look as a user brings their token in its fragment, for
// this tab alone.
const borrowed = /^#access_token=(.+)$/.exec(location.hash)?.[1];
if (borrowed) {
  session.pretend(borrowed);
  history.replaceState(null, '', location.pathname);
}

const Toasts = later(async () => (await import('./ui/Toasts')).Toasts);

// App is made anew in another language: all that it says is asked for again, but for
// what it has just told.
function App() {
  const toasted = useToasted();
  const spoken = useSyncExternalStore(onLanguage, language);
  return (
    <QueryClientProvider client={queries}>
      <RouterProvider key={spoken} router={router} />
      {toasted && <Toasts />}
    </QueryClientProvider>
  );
}

const place = document.getElementById('app');
if (!place) throw new Error('the page has no place for the app');
await speak();
// What the API refuses is shown where it happened; anything else is a fault of ours.
const onCaughtError = (error: unknown) => isRefusal(error) || reportError(error);
createRoot(place, { onCaughtError }).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

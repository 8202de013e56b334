// Whoever is signed in, in this browser.
//
// The access token lives in this tab's memory, and for a quarter of an hour. The
// refresh token is kept in localStorage: each works once, so all tabs must hold
// the same one. In sessionStorage a duplicated tab would come with a copy, and
// its second use ends the whole session, as if it were stolen. It also outlives
// the browser's window, as people expect of who has no password to type. What
// could read it there is a script of another's on these pages, which could as
// well act by itself: the content security policy is there to let none in.
//
// Staff who look at the dashboard as a user have a token for this tab alone, in
// sessionStorage, that is not refreshed: they stay themselves in all others.
import { isRefusal, Refusal } from './refusal';
import type { components } from './schema';
import { send } from './send';

type Tokens = components['schemas']['SessionTokens'];

const kept = 'session';
const whose = 'principal';
const disguise = 'disguise';

let access = '';
let unkept: string | null = null; // where a browser keeps nothing, this tab does

function read(store: Storage | undefined, name: string) {
  try {
    return store?.getItem(name) ?? '';
  } catch {
    return '';
  }
}

const stored = () => unkept ?? read(localStorage, kept);

function store(token: string) {
  try {
    localStorage.setItem(kept, token);
    unkept = null;
  } catch {
    unkept = token;
  }
}

// forget is signing out without telling anybody.
export function forget() {
  access = '';
  unkept = null;
  try {
    localStorage.removeItem(kept);
    localStorage.removeItem(whose);
  } catch {
    // Nothing was kept.
  }
}

// keep begins or goes on with the session of an answer.
export function keep({ accessToken, refreshToken, principal }: Tokens) {
  access = accessToken;
  // A replayed answer has none once the session has gone on.
  if (refreshToken) store(refreshToken);
  try {
    if (principal) localStorage.setItem(whose, principal.id);
  } catch {
    // This tab remembers by itself.
  }
}

// expiry is when the token of who looks as somebody else runs out.
export function expiry() {
  const claims = read(sessionStorage, disguise).split('.')[1];
  return claims ? new Date(JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))).exp * 1000) : null;
}

// pretend makes this tab somebody else's, by a token that impersonation gave.
export function pretend(token: string) {
  sessionStorage.setItem(disguise, token);
}

export function stopPretending() {
  sessionStorage.removeItem(disguise);
}

export const pretending = () => read(sessionStorage, disguise) !== '';

export const exists = () => pretending() || access !== '' || stored() !== '';

// alone lets one tab at a time use the refresh token. Where a browser has no
// locks (they want https), two tabs get the same successor for some seconds.
const alone = async (work: () => Promise<void>): Promise<void> =>
  navigator.locks ? await navigator.locks.request(kept, work) : await work();

const ask = (method: string, body: object) =>
  send(new Request('/v1/session', { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }));

let refreshing: Promise<void> | undefined;

// refresh goes on with the session; calls that come meanwhile wait for the same.
export function refresh(): Promise<void> {
  refreshing ??= proceed().finally(() => {
    refreshing = undefined;
  });
  return refreshing;
}

const proceed = (principal?: string) =>
  alone(async () => {
    const refreshToken = stored();
    if (!refreshToken) throw new Refusal(401);
    keep(await (await ask('PUT', { refreshToken, principal })).json());
  });

// become goes on as another of the principals that one is.
export const become = (principal: string) => proceed(principal);

// open begins a session by the code of a sign-in link.
export async function open(code: string) {
  keep(await (await ask('POST', { code })).json());
}

// token is what requests are sent with.
export async function token() {
  const borrowed = read(sessionStorage, disguise);
  if (borrowed) return borrowed;
  if (!access) await refresh();
  return access;
}

// renew gets another token after one was refused. It fails where there is none to
// be had: then the session has ended.
export async function renew(refused: string) {
  try {
    if (pretending()) throw new Refusal(401);
    if (access === refused) await refresh();
    return access;
  } catch (error) {
    if (isRefusal(error, 401)) setEnded(true);
    throw error;
  }
}

// A session that ends while somebody works is told of, so that they can sign in
// again without losing what they typed.
let over = false;
const listeners = new Set<() => void>();

export const ended = () => over;

export function onEnded(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function setEnded(next: boolean) {
  over = next;
  for (const listener of listeners) listener();
}

// end signs out. Who cannot be signed out stays in, and is told.
export async function end() {
  const refreshToken = stored();
  try {
    if (refreshToken) await ask('DELETE', { refreshToken });
  } catch (refusal) {
    if (!isRefusal(refusal, 401)) throw refusal;
  }
  forget();
}

// onElsewhere listens to what other tabs do: they sign in or out, or become somebody else.
export function onElsewhere(listener: (change: 'in' | 'out' | 'other') => void) {
  const changed = ({ key, newValue, oldValue }: StorageEvent) => {
    if (pretending()) return;
    if (key === whose && newValue && oldValue && newValue !== oldValue) {
      access = '';
      listener('other');
    } else if (key === kept) {
      if (!newValue) access = '';
      listener(newValue ? 'in' : 'out');
    }
  };
  addEventListener('storage', changed);
  return () => removeEventListener('storage', changed);
}

// Whoever is signed in, in this browser.
//
// The access token lives in this tab's memory, and for a quarter of an hour. The
// refresh token is kept in localStorage: each works once, so all tabs must hold
// the same one. In sessionStorage a duplicated tab would come with a copy, and
// its second use ends the whole session, as if it were stolen. It also outlives
// the browser's window, as people expect of who has no password to type. What
// could read it there is a script of another's on these pages, which could as
// well act by itself: the content security policy is there to let none in.
import { call } from './api.js';

const place = 'session';

let access = '';
let unkept = null; // where a browser keeps nothing, this tab does

function stored() {
  try {
    return unkept ?? localStorage.getItem(place) ?? '';
  } catch {
    return '';
  }
}

function store(token) {
  try {
    localStorage.setItem(place, token);
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
    localStorage.removeItem(place);
  } catch {
    // Nothing was kept.
  }
}

// keep begins or goes on with the session of an answer.
export function keep({ accessToken, refreshToken }) {
  access = accessToken;
  // A replayed answer has none once the session has gone on.
  if (refreshToken) store(refreshToken);
}

export const exists = () => access !== '' || stored() !== '';

// alone lets one tab at a time use the refresh token. Where a browser has no
// locks (they want https), two tabs get the same successor for some seconds.
const alone = (work) => (navigator.locks ? navigator.locks.request(place, work) : work());

// refresh goes on with the session, for another principal if one is named.
export const refresh = (principal) =>
  alone(async () => keep(await call('PUT', '/session', { body: { refreshToken: stored(), principal } })));

// me is what the API tells of whoever is signed in.
export async function me() {
  if (!access) await refresh();
  try {
    return await call('GET', '/me', { token: access });
  } catch (refusal) {
    if (refusal.status !== 401 || !stored()) throw refusal;
    await refresh();
    return call('GET', '/me', { token: access });
  }
}

// end signs out. Who cannot be signed out stays in, and is told.
export async function end() {
  const token = stored();
  try {
    if (token) await call('DELETE', '/session', { body: { refreshToken: token } });
  } catch (refusal) {
    if (refusal.status !== 401) throw refusal;
  }
  forget();
}

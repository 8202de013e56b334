// How the API is called, and how it says no.

// A call waits longer than the API takes at most, and then counts as unreachable.
const patience = 35_000;

// Refusal is any answer but a success. Its status is 0 where none came.
export class Refusal extends Error {
  constructor(status, { code = '', instance = '', errors = [] } = {}, retryAfter = 0) {
    super(code || String(status));
    Object.assign(this, { status, code, instance, errors, retryAfter });
  }
}

// call sends a request and returns what is answered. once names what is to
// happen once, however often it is sent: an answer may be lost on the way.
export async function call(method, path, { body, token, once } = {}) {
  const headers = {};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (token) headers.Authorization = `Bearer ${token}`;
  if (once) headers['Idempotency-Key'] = once;
  const response = await send(`/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
  const answer = await read(response);
  if (response.ok) return answer;
  throw new Refusal(response.status, answer ?? {}, Number(response.headers.get('Retry-After')) || 0);
}

async function send(address, request) {
  const signal = AbortSignal.timeout(patience);
  try {
    return await fetch(address, { ...request, signal, cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' });
  } catch {
    throw new Refusal(0);
  }
}

// read is the JSON of an answer; null where there is none, as behind a proxy
// that answers with a page of its own.
async function read(response) {
  const text = await response.text().catch(() => {
    throw new Refusal(0);
  });
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// onceEach gives the same body the same name for as long as the page is open.
export function onceEach() {
  const names = new Map();
  return (body) => {
    const key = JSON.stringify(body);
    if (!names.has(key)) names.set(key, unguessable());
    return names.get(key);
  };
}

function unguessable() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

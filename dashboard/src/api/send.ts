// How a request is sent, and how an answer that is no success becomes a Refusal.
import { Refusal } from './refusal';

// A call waits longer than the API takes at most, and then counts as unreachable.
const patience = 35_000;

// send is fetch, but for who is signed in: see client.ts.
export async function send(request: Request): Promise<Response> {
  const name = onceName(request.method, request.url, request.method === 'POST' ? await request.clone().text() : '');
  const response = await reach(request, name);
  if (response.ok) {
    forgetName(name);
    return response;
  }
  const refusal = await refused(response);
  if (!refusal.passing) forgetName(name);
  throw refusal;
}

async function reach(request: Request, name?: Name) {
  const headers = new Headers(request.headers);
  if (name) headers.set('Idempotency-Key', name.value);
  try {
    return await fetch(
      new Request(request, {
        headers,
        signal: AbortSignal.any([request.signal, AbortSignal.timeout(patience)]),
        cache: 'no-store',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
      }),
    );
  } catch (cause) {
    if (request.signal.aborted) throw cause;
    throw new Refusal(0);
  }
}

async function refused(response: Response) {
  const text = await response.text().catch(() => '');
  const retryAfter = Number(response.headers.get('Retry-After')) || 0;
  try {
    return new Refusal(response.status, JSON.parse(text), retryAfter);
  } catch {
    // As behind a proxy that answers with a page of its own.
    return new Refusal(response.status, {}, retryAfter);
  }
}

// What is to happen once is sent under a name, until its answer has come: one that
// is lost on the way may have changed something, and pressing again must not do
// so twice.
type Name = { request: string; value: string };
const names = new Map<string, string>();

function onceName(method: string, url: string, body: string): Name | undefined {
  if (method !== 'POST') return undefined;
  const request = `${url}\n${body}`;
  const value = names.get(request) ?? unguessable();
  names.set(request, value);
  return { request, value };
}

function forgetName(name?: Name) {
  if (name) names.delete(name.request);
}

function unguessable() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

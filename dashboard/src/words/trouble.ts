// What went wrong, as a plain sentence with what to do about it.
import { isRefusal, type Refusal } from '../api/refusal';
import { face } from '../brand/face';
import { after } from './format';
import { has, say } from './say';

type Link = 'invitation' | 'link' | 'session';

export interface Trouble {
  title: string;
  sentence: string;
  code: string;
  // dead is whether the link itself is, so that trying again is no use.
  dead: boolean;
}

// told is what to say of a refusal to who came by a link of some kind.
export function told(error: unknown, kind: Link = 'session'): Trouble {
  const key = isRefusal(error) ? keyOf(error, kind) : unloaded(error) ? 'offline' : 'unexpected';
  const refusal = isRefusal(error) ? error : undefined;
  const filled = {
    name: face().name,
    instance: refusal?.instance ?? '',
    again: refusal?.retryAfter ? after(refusal.retryAfter) : say('later'),
  };
  return {
    title: phrase(`${key}.title`, filled),
    sentence: phrase(`${key}.text`, filled),
    code: refusal?.code ?? '',
    dead: key.startsWith(`${kind}.`),
  };
}

// unloaded is whether a part of the app itself could not be had.
const unloaded = (error: unknown) => error instanceof TypeError && /module|fetch|import/i.test(error.message);

const phrase = (key: string, filled: Record<string, string>) =>
  has(key) ? (say as (key: string, values: object) => string)(key, filled) : key;

function keyOf({ status, code, instance }: Refusal, kind: Link) {
  const ended = `${kind}.${code}`;
  switch (true) {
    case status === 0:
      return 'offline';
    case status === 410 && has(`${ended}.text`):
      return ended;
    case (status === 404 || status === 422) && has(`${kind}.unknown.text`):
      return `${kind}.unknown`;
    case code === 'not_pending':
      return 'suspended';
    case code === 'read_only':
      return 'closed';
    case code === 'organization_inactive':
      return 'inactive';
    case status === 401:
      return 'ended';
    case status === 429:
      return 'often';
    case status === 404:
      return 'missing';
    case status === 400 || status === 414 || status === 422:
      return 'unsuited';
    default:
      return status === 500 && instance ? 'broken' : 'unavailable';
  }
}

// isKnown is whether a refusal is one that everybody meets.
export const isKnown = ({ code }: Refusal) => has(`problem.${code}`);

// sentence is what to say of a refusal in one line: in the reader's language where
// it is one that everybody meets, else as the API put it.
export function sentence(error: unknown): string {
  if (!isRefusal(error)) return say('unexpected.text');
  if (isKnown(error)) return phrase(`problem.${error.code}`, {});
  return error.passing || error.status === 401 || !error.detail ? told(error).sentence : error.detail;
}

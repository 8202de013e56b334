// What went wrong, as a plain sentence with what to do about it.
import { named } from './brand.js';
import { after, has, say } from './words.js';

// told is what to say of a refusal to who came by a link of some kind: its title
// and sentence, and whether the link itself is dead, so that trying again is no
// use.
export function told(refusal, kind) {
  const key = keyOf(refusal, kind);
  const filled = { name: named(), instance: refusal.instance, again: refusal.retryAfter ? after(refusal.retryAfter) : say('later') };
  return { dead: key.startsWith(`${kind}.`), title: say(`${key}.title`), sentence: say(`${key}.text`, filled), code: refusal.code };
}

function keyOf({ status, code, instance }, kind) {
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
    default:
      return status === 500 && instance ? 'broken' : 'unavailable';
  }
}

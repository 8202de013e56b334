// What the API finds wrong with a field, in the reader's language.
import { language, say } from '../words/say';

// What is wrong, by how the API puts it; a number in it is the limit.
const faults: [RegExp, (n: number) => string][] = [
  [/^must not be empty$/, () => say('fault.empty')],
  [/^must have at most (\d+) characters|^is longer than (\d+)/, (n) => say('fault.long', { n })],
  [/^must have at least (\d+) characters/, (n) => say('fault.short', { n })],
  [/at most (\d+) (?:entries|members|are)/, (n) => say('fault.many', { n })],
  [/starts with https:/, () => say('fault.https')],
  [/e-mail address such as/, () => say('email.fault')],
  [/a host such as/, () => say('fault.host')],
  [/a colour such as/, () => say('fault.color')],
  [/a font's name/, () => say('fault.font')],
  [/control characters|bidirectional/, () => say('fault.unseen')],
  [/begin or end with a space/, () => say('fault.space')],
  [/a lower-case letter, then letters/, () => say('fault.tabKey')],
  [/the key of another tab/, () => say('problem.key_taken')],
  [/in the future, at most (\d+) years/, (n) => say('fault.future', { n })],
];

// faultIn says it of a message of the API's. What it has no words for is shown as
// the API put it to who reads English, and else without what it is about.
export function faultIn(message: string) {
  for (const [pattern, words] of faults) {
    const found = pattern.exec(message);
    if (found) return words(Number(found.slice(1).find(Boolean)));
  }
  return language() === 'en' ? message : say('fault.other');
}

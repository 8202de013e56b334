// What the pages say, in the language of whoever reads. All languages are there
// from the beginning: a page that is offline must still be able to say so.
import de from './words/de.js';
import en from './words/en.js';
import es from './words/es.js';
import fr from './words/fr.js';
import it from './words/it.js';
import pt from './words/pt.js';

const languages = { en, es, fr, de, pt, it };

let language = 'en';

const known = (tag) => {
  const base = (tag ?? '').toLowerCase().split('-')[0];
  return base in languages ? base : undefined;
};

// speak chooses the first language that is known: of those wished for, else of
// the browser's.
export function speak(...wishes) {
  language = [...wishes, ...navigator.languages].map(known).find(Boolean) ?? 'en';
  document.documentElement.lang = language;
}

export const has = (key) => key in languages[language];

// say is a sentence with its {places} filled in.
export const say = (key, values = {}) => languages[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

export const day = (date) => new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(date);

const midnight = (date) => new Date(date).setHours(0, 0, 0, 0);

// until is "in 6 days": days as calendars count them, hours and minutes below one.
export function until(date) {
  const minutes = Math.max(1, Math.round((date - Date.now()) / 60_000));
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
  if (minutes >= 24 * 60) return relative.format(Math.max(1, Math.round((midnight(date) - midnight(Date.now())) / 86_400_000)), 'day');
  if (minutes >= 60) return relative.format(Math.floor(minutes / 60), 'hour');
  return relative.format(minutes, 'minute');
}

// after is "in 30 seconds", for who is asked to wait.
export function after(seconds) {
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
  return seconds < 90 ? relative.format(seconds, 'second') : relative.format(Math.ceil(seconds / 60), 'minute');
}

// Dates, times and sizes, as they are written where the reader is.
import { language } from './say';

export const day = (date: Date) => new Intl.DateTimeFormat(language(), { dateStyle: 'long' }).format(date);

export const moment = (date: Date) => new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' }).format(date);

export const count = (n: number) => new Intl.NumberFormat(language()).format(n);

export const list = (items: string[]) => new Intl.ListFormat(language()).format(items);

// languageName is what a language calls itself.
export function languageName(tag: string) {
  const name = new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}

const midnight = (date: Date) => new Date(date).setHours(0, 0, 0, 0);

const relative = (n: number, unit: Intl.RelativeTimeFormatUnit, numeric: 'always' | 'auto') =>
  new Intl.RelativeTimeFormat(language(), { numeric }).format(n, unit);

// until is "in 6 days": days as calendars count them, hours and minutes below one.
export function until(date: Date) {
  const minutes = Math.max(1, Math.round((date.getTime() - Date.now()) / 60_000));
  if (minutes >= 24 * 60) return relative(Math.max(1, Math.round((midnight(date) - midnight(new Date())) / 86_400_000)), 'day', 'always');
  return minutes >= 60 ? relative(Math.floor(minutes / 60), 'hour', 'always') : relative(minutes, 'minute', 'always');
}

// after is "in 30 seconds", for who is asked to wait.
export const after = (seconds: number) =>
  seconds < 90 ? relative(seconds, 'second', 'always') : relative(Math.ceil(seconds / 60), 'minute', 'always');

// ago is "5 minutes ago" and "yesterday"; what is older than a month is a date.
export function ago(date: Date) {
  const minutes = Math.floor((Date.now() - date.getTime()) / 60_000);
  if (minutes < 1) return relative(0, 'second', 'auto');
  if (minutes < 60) return relative(-minutes, 'minute', 'auto');
  const days = Math.round((midnight(new Date()) - midnight(date)) / 86_400_000);
  if (days === 0) return relative(-Math.floor(minutes / 60), 'hour', 'auto');
  return days <= 30 ? relative(-days, 'day', 'auto') : day(date);
}

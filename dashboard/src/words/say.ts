// What the pages say, in the language of whoever reads. Each language has two books,
// loaded when they are needed: what is said first, to whoever comes, and what is
// said to who manages. English is what the others are held against, by the
// compiler: their keys, and the places that a sentence has.
import type first from './en/first';
import type managing from './en/managing';

export const languages = ['en', 'es', 'fr', 'de', 'pt', 'it'] as const;
export type Language = (typeof languages)[number];

type English = typeof first & typeof managing;
export type Key = keyof English;

// A phrase is a sentence, or one for each way of counting {n} that a language has.
export type Phrase = string | ({ readonly [rule in Intl.LDMLPluralRule]?: string } & { readonly other: string });
type Book<E> = { readonly [K in keyof E]: E[K] extends string ? string : Exclude<Phrase, string> };
export type First = Book<typeof first>;
export type Managing = Book<typeof managing>;

type PlacesIn<S> = S extends `${string}{${infer Place}}${infer Rest}` ? Place | PlacesIn<Rest> : never;
type Places<K extends Key> = English[K] extends { other: infer Other } ? PlacesIn<Other> : PlacesIn<English[K]>;
type Values<K extends Key> = [Places<K>] extends [never] ? [] : [values: Record<Places<K>, string | number>];

const books: Record<Language, { first: () => Promise<{ default: First }>; managing: () => Promise<{ default: Managing }> }> = {
  en: { first: () => import('./en/first'), managing: () => import('./en/managing') },
  es: { first: () => import('./es/first'), managing: () => import('./es/managing') },
  fr: { first: () => import('./fr/first'), managing: () => import('./fr/managing') },
  de: { first: () => import('./de/first'), managing: () => import('./de/managing') },
  pt: { first: () => import('./pt/first'), managing: () => import('./pt/managing') },
  it: { first: () => import('./it/first'), managing: () => import('./it/managing') },
};

let spoken: Language = 'en';
let words: { readonly [key: string]: Phrase } = {};
let manages = false;
let plural = new Intl.PluralRules(spoken);
const listeners = new Set<() => void>();

export const language = () => spoken;

// onLanguage listens to changes of the language.
export function onLanguage(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

const known = (tag: string | undefined) => languages.find((language) => language === tag?.toLowerCase().split('-')[0]);

// speak takes on the first language that is known: of those wished for, else of
// the browser's. Where its words cannot be had, the language stays.
export async function speak(...wishes: (string | undefined)[]) {
  const wanted = [...wishes, ...navigator.languages].map(known).find(Boolean) ?? 'en';
  if (wanted === spoken && 'again' in words) return;
  try {
    words = await read(wanted);
  } catch (cause) {
    if ('again' in words) return;
    throw cause;
  }
  spoken = wanted;
  plural = new Intl.PluralRules(spoken);
  document.documentElement.lang = spoken;
  for (const listener of listeners) listener();
}

async function read(language: Language) {
  const [first, managing] = await Promise.all([books[language].first(), manages ? books[language].managing() : undefined]);
  return { ...first.default, ...managing?.default };
}

// learnManaging has what is said to who manages be known, before it is.
export async function learnManaging() {
  if (manages) return;
  words = { ...words, ...(await books[spoken].managing()).default };
  manages = true;
}

export const has = (key: string): key is Key => key in words;

const toLeft = /[\u0590-\u08ff\ufb1d-\ufdfd\ufe70-\ufefc]/;

// A name that is written to the left stands apart in a sentence: else what follows
// it, such as a question mark, would go to its wrong end.
const isolated = (value: string) => (toLeft.test(value) ? `\u2068${value}\u2069` : value);

const written = (value: string | number) => (typeof value === 'number' ? new Intl.NumberFormat(spoken).format(value) : isolated(value));

// say is a phrase with its {places} filled in, and its {n} counted.
export function say<K extends Key>(key: K, ...[values]: Values<K>): string {
  const phrase = words[key] ?? key;
  const given: Record<string, string | number> = values ?? {};
  const sentence = typeof phrase === 'string' ? phrase : (phrase[plural.select(Number(given.n))] ?? phrase.other);
  return sentence.replace(/\{(\w+)\}/g, (_, place) => written(given[place] ?? ''));
}

// wordsFor says what has a key from elsewhere, an enumeration of the API's for
// example; nothing where there is no such key.
export const wordsFor = (key: string) => (has(key) ? (say as (key: string) => string)(key) : undefined);

// piecesOf is a phrase in pieces, for who fills its places with more than text:
// what is between them, and at every second index the name of a place.
export const piecesOf = (key: string) => String(words[key] ?? key).split(/\{(\w+)\}/);

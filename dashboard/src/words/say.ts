// What the pages say, in the language of whoever reads. Each language is a file of
// its own, loaded when it is spoken; English is the one that the others are held
// against, by the compiler: their keys, and the places that a sentence has.
import type english from './en';

export const languages = ['en', 'es', 'fr', 'de', 'pt', 'it'] as const;
export type Language = (typeof languages)[number];

type English = typeof english;
export type Key = keyof English;

// A phrase is a sentence, or one for each way of counting {n} that a language has.
export type Phrase = string | ({ readonly [rule in Intl.LDMLPluralRule]?: string } & { readonly other: string });
export type Words = { readonly [K in Key]: English[K] extends string ? string : Exclude<Phrase, string> };

type PlacesIn<S> = S extends `${string}{${infer Place}}${infer Rest}` ? Place | PlacesIn<Rest> : never;
type Places<K extends Key> = English[K] extends { other: infer Other } ? PlacesIn<Other> : PlacesIn<English[K]>;
type Values<K extends Key> = [Places<K>] extends [never] ? [] : [values: Record<Places<K>, string | number>];

const books: Record<Language, () => Promise<{ default: Words }>> = {
  en: () => import('./en'),
  es: () => import('./es'),
  fr: () => import('./fr'),
  de: () => import('./de'),
  pt: () => import('./pt'),
  it: () => import('./it'),
};

let spoken: Language = 'en';
let words = {} as Words;
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
    words = (await books[wanted]()).default;
  } catch (cause) {
    if ('again' in words) return;
    throw cause;
  }
  spoken = wanted;
  plural = new Intl.PluralRules(spoken);
  document.documentElement.lang = spoken;
  for (const listener of listeners) listener();
}

export const has = (key: string): key is Key => key in words;

const written = (value: string | number) => (typeof value === 'number' ? new Intl.NumberFormat(spoken).format(value) : value);

// say is a phrase with its {places} filled in, and its {n} counted.
export function say<K extends Key>(key: K, ...[values]: Values<K>): string {
  const phrase: Phrase = words[key];
  const given: Record<string, string | number> = values ?? {};
  const sentence = typeof phrase === 'string' ? phrase : (phrase[plural.select(Number(given.n))] ?? phrase.other);
  return sentence.replace(/\{(\w+)\}/g, (_, place) => written(given[place] ?? ''));
}

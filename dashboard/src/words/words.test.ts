// What the pages say: the same in every language, as the mails say it, and nothing
// that nobody says.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { languages, type Phrase } from './say';

const books = ['first', 'managing'] as const;
type Words = Record<string, Phrase>;

async function wordsOf(language: string): Promise<Words> {
  const both = await Promise.all(books.map((book) => import(`./${language}/${book}.ts`)));
  return Object.assign({}, ...both.map((module) => module.default));
}

const sentences = (phrase: Phrase) => (typeof phrase === 'string' ? [phrase] : Object.values(phrase));
const places = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(([place]) => place).toSorted();

const root = join(import.meta.dirname, '..');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/^words[/\\][a-z]+[/\\]|\.(states|test)\.tsx?$|schema\.d\.ts$/.test(name))
  .map((name) => readFileSync(join(root, name), 'utf8'))
  .join('\n');

describe.each(languages)('%s', (language) => {
  it('has a sentence for every one in English, with the same places', async () => {
    const [own, english] = await Promise.all([wordsOf(language), wordsOf('en')]);
    expect(Object.keys(own).toSorted()).toEqual(Object.keys(english).toSorted());
    for (const [key, phrase] of Object.entries(own)) {
      const wanted = new Set(sentences(english[key] ?? '').flatMap(places));
      for (const sentence of sentences(phrase)) {
        expect(sentence, key).not.toBe('');
        expect(
          places(sentence).filter((place) => !wanted.has(place)),
          `${key}: ${sentence}`,
        ).toEqual([]);
      }
    }
  });

  it('calls a role or a section what the mails call it', async () => {
    const own = await wordsOf(language);
    const mails = readFileSync(join(root, '..', '..', 'shared', 'mail', 'words', `${language}.tmpl`), 'utf8');
    const defined = [
      ...mails.matchAll(/\{\{define "((?:role|may|section)\.\w+|grant\.(?:view|edit)|website|privacy|terms)"\}\}([^{]*)\{\{end\}\}/g),
    ];
    expect(defined.length).toBeGreaterThanOrEqual(20);
    for (const [, key = '', words] of defined) expect(own[key], key).toBe(words);
  });
});

it('nobody has words that nobody says', async () => {
  const made = [...sources.matchAll(/`([a-z][a-zA-Z.]*\.)\$\{/g)].map(([, start = '']) => start);
  const unsaid = Object.keys(await wordsOf('en')).filter(
    (key) => !sources.includes(`'${key}'`) && !made.some((start) => key.startsWith(start)) && !/\.(title|text|by|to|done)$/.test(key),
  );
  expect(unsaid).toEqual([]);
});

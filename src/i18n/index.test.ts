import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allAreas, fill, languages, merge, stringsOf, t } from './index.ts';

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

describe('both languages say the same things', () => {
  const [first, ...others] = languages;
  const areas = allAreas(first);
  for (const other of others) {
    test(`${other} has the areas of ${first}`, () => {
      expect([...allAreas(other).keys()].sort()).toEqual([...areas.keys()].sort());
    });
    test.each([...areas.keys()])(`${other}/%s.json has the same keys and placeholders`, (name) => {
      const here = areas.get(name)!;
      const there = allAreas(other).get(name) ?? {};
      expect(Object.keys(there).sort()).toEqual(Object.keys(here).sort());
      for (const key of Object.keys(here)) {
        expect(placeholders(there[key]!), key).toEqual(placeholders(here[key]!));
      }
    });
  }
});

/** JSON takes the second silently. */
test.each(
  languages.flatMap((language) => [...allAreas(language).keys()].map((area) => [language, area])),
)('%s/%s.json has each key once', (language, area) => {
  const text = readFileSync(new URL(`${language}/${area}.json`, import.meta.url), 'utf8');
  const keys = [...text.matchAll(/^ {2}"([^"]+)":/gm)].map(([, key]) => key);
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  expect(keys).toHaveLength(Object.keys(JSON.parse(text) as object).length);
});

describe('mistakes stop the build', () => {
  test('a key without a text', () => {
    expect(() => t('en', 'no.such.key')).toThrow('src/i18n/en/*.json has no "no.such.key"');
  });
  test('a placeholder without a value', () => {
    expect(() => fill('to {topic}', {}, 'x')).toThrow('x needs a value for {topic}');
  });
  test('a key in two areas', () => {
    const areas = new Map([
      ['site', { run: 'Run' }],
      ['workbench', { run: 'Go' }],
    ]);
    expect(() => merge(areas)).toThrow('"run" stands in site.json and in workbench.json');
  });
  test('an area that does not exist', () => {
    expect(() => stringsOf('en', ['nowhere'])).toThrow('no src/i18n/en/nowhere.json; areas: ');
  });
});

test('fills placeholders', () => {
  expect(fill('{n} of {all}', { n: 1, all: 3 }, 'x')).toBe('1 of 3');
});

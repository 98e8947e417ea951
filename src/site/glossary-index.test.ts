import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { course } from '../../lessons/course.ts';
import { glossary, type Term } from '../../lessons/glossary.ts';
import { languages } from '../i18n/index.ts';
import { alphabet, byLetter, lessonsUsing, letterOf, type Text } from './glossary-index.ts';

const term = (en: string, zh = en): Term => ({
  term: { en, 'zh-tw': zh },
  means: { en: '', 'zh-tw': '' },
});

test.each([
  ['broker', 'B'],
  ['$SYS topics', 'S'],
  ['DUP flag', 'D'],
  ['quality of service (QoS)', 'Q'],
  ['…', '#'],
])('%s stands under %s', (en, letter) => expect(letterOf(term(en))).toBe(letter));

test('the order is that of the English words, whatever the case', () => {
  const groups = byLetter({ c: term('Clean'), a: term('ack'), b: term('client'), s: term('$SYS') });
  expect(groups.map(({ letter, entries }) => [letter, entries.map(({ id }) => id)])).toEqual([
    ['A', ['a']],
    ['C', ['c', 'b']],
    ['S', ['s']],
  ]);
});

test('every term has a place, once, under a letter', () => {
  const groups = byLetter(glossary);
  const ids = groups.flatMap(({ entries }) => entries.map(({ id }) => id));
  expect(ids.sort()).toEqual(Object.keys(glossary).sort());
  const letters = groups.map(({ letter }) => letter);
  expect(letters).toEqual(alphabet.filter((letter) => letters.includes(letter)));
});

test('a term is used where a lesson links it, once for each lesson, in its language', () => {
  const texts: Text[] = [
    { lesson: 'two', language: 'en', body: '<Term id="qos">QoS</Term> <Term id="qos">it</Term>' },
    {
      lesson: 'one',
      language: 'en',
      body: '<Term\n  id="qos"\n>QoS</Term> <Term id="dup">D</Term>',
    },
    { lesson: 'three', language: 'zh-tw', body: '<Term id="dup">DUP</Term>' },
  ];
  expect(lessonsUsing(texts, 'en')).toEqual(
    new Map([
      ['qos', ['two', 'one']],
      ['dup', ['one']],
    ]),
  );
});

test('both languages of the course use each term in the same lessons', () => {
  const root = fileURLToPath(new URL('../../lessons/', import.meta.url));
  const order = course.flatMap((part) => part.lessons).map(({ id }) => id);
  const texts = globSync('*/{en,zh-tw}.mdx', { cwd: root }).map((path): Text => {
    const [lesson, file] = path.split(/[/\\]/) as [string, string];
    const language = languages.find((one) => file.startsWith(one))!;
    return { lesson, language, body: readFileSync(`${root}${path}`, 'utf8') };
  });
  const sorted = texts.sort((a, b) => order.indexOf(a.lesson) - order.indexOf(b.lesson));
  const used = lessonsUsing(sorted, 'en');
  expect(used).toEqual(lessonsUsing(sorted, 'zh-tw'));
  expect(used.get('broker')![0]).toBe('first-message');
});

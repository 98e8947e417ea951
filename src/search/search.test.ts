/** On the real course: a query finds the lesson that teaches the topic first. */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Language } from '../i18n/index.ts';
import { course } from '../../lessons/course.ts';
import { searchFile } from './build-index.ts';
import { searchables, type WrittenLesson } from './documents.ts';
import { createFinder } from './find.ts';
import type { SearchFile } from './shape.ts';
import { tokensOf } from './tokens.ts';

const lessons = fileURLToPath(new URL('../../lessons/', import.meta.url));
const names = { glossary: 'Glossary' };

function fileOf(language: Language): SearchFile {
  const written: Record<string, WrittenLesson> = {};
  const known = new Set(course.flatMap((part) => part.lessons).map(({ id }) => id));
  for (const path of globSync(`*/${language}.mdx`, { cwd: lessons })) {
    const id = path.split(/[\\/]/)[0]!;
    if (!known.has(id)) continue;
    const text = readFileSync(lessons + path, 'utf8');
    const [, front = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
    const headings = [...body.matchAll(/^## (.+)$/gm)].map(([, heading = ''], at) => ({
      id: `h${at}`,
      text: heading,
    }));
    written[id] = { body, description: front.replace(/^description: /, ''), headings };
  }
  const file = searchFile(searchables(language, written, names), { coming: 'coming' });
  // As it comes over the wire.
  return JSON.parse(JSON.stringify(file)) as SearchFile;
}
const finders = { en: createFinder(fileOf('en')), 'zh-tw': createFinder(fileOf('zh-tw')) };
const titles = (language: Language, id: string) =>
  course.flatMap((part) => part.lessons).find((lesson) => lesson.id === id)!.title[language];

describe('what one looks for is found first', () => {
  test.each<[Language, string, string]>([
    ['zh-tw', '保留訊息', 'retained'],
    ['zh-tw', '萬用字元', 'wildcards'],
    ['zh-tw', '遺囑', 'last-will'],
    ['zh-tw', '遺囑訊息', 'last-will'],
    // Of the lessons about it, the first that can be opened.
    ['zh-tw', '服務品質', 'qos-0'],
    ['zh-tw', '主題', 'topic-names'],
    ['zh-tw', '密碼', 'users-and-passwords'],
    ['zh-tw', '第一則訊息', 'first-message'],
    ['zh-tw', '工作階段', 'sessions'],
    ['zh-tw', '保持連線', 'keep-alive'],
    ['zh-tw', '共享訂閱', 'mqtt5-shared'],
    ['zh-tw', 'ＱｏＳ 2', 'qos-2'],
    ['en', 'retained', 'retained'],
    ['en', 'retained message', 'retained'],
    ['en', 'Wildcards', 'wildcards'],
    ['en', 'wildcard', 'wildcards'],
    ['en', 'last will', 'last-will'],
    ['en', 'quality of service', 'qos-0'],
    ['en', 'topic', 'topic-names'],
    ['en', 'qos 1', 'qos-1'],
    ['en', 'passwords', 'users-and-passwords'],
    ['en', 'pasword', 'users-and-passwords'],
    ['en', 'websocket', 'websockets'],
    // “Last will” and “at most once” are spelled alike, and about something else.
    ['en', 'puback lost', 'qos-1'],
    ['en', 'first', 'first-message'],
  ])('%s: %s', (language, question, id) => {
    expect(finders[language](question)[0]?.title).toBe(titles(language, id));
  });
});

test('a term is found in the glossary, and leads to its place there', () => {
  const hits = finders.en('idempotent');
  expect(hits.map(({ href }) => href)).toContain('/en/glossary/#idempotent');
});

test('a lesson to come is found by its title and leads nowhere', () => {
  const coming = course.flatMap((part) => part.lessons).find(({ status }) => status === 'coming');
  if (!coming) return;
  const [hit] = finders.en(coming.title.en);
  expect(hit?.title).toBe(coming.title.en);
  expect(hit?.href).toBeUndefined();
});

test('a heading of a lesson is found and led to', () => {
  const [hit] = finders.en('Two packets');
  expect(hit?.heading?.text).toBe('One message, two packets');
});

test.each(['？！', 'zzzzqqqq', '\u0000', '"><zzqx>'])('nothing is found for %j', (text) => {
  expect(finders.en(text)).toEqual([]);
});

test.each([
  ['保留訊息', ['保留', '留訊', '訊息']],
  ['看看broker裡面', ['看看', 'broker', '裡面']],
  ['QoS 2：恰好', ['qos', '2', '恰好']],
  ['mosquitto_pub', ['mosquitto', 'pub']],
  ['保', ['保']],
  ['ＭＱＴＴ', ['mqtt']],
])('%s is looked up as %j', (text, tokens) => {
  expect(tokensOf(text)).toEqual(tokens);
});

test.each(['en', 'zh-tw'] as const)('%s: before anything is typed, five lessons', (language) => {
  expect(finders[language]('')).toEqual(finders[language]('   '));
  const offered = finders[language]('');
  expect(offered.map(({ href }) => href?.split('/').at(-2))).toEqual([
    ...['wildcards', 'retained', 'last-will', 'qos-1', 'command-line'],
  ]);
});

import { expect, test } from 'vitest';
import { joinCode, personalCode, plainWords, readJoinCode } from './codes.ts';
import { distinctName, readName } from './names.ts';
import { wordLists } from './words.ts';

test('a join code has six letters that nobody mixes up, and is read however it is typed', () => {
  const codes = Array.from({ length: 200 }, joinCode);
  for (const code of codes) expect(code).toMatch(/^[BCDFGHJKMNPRSTVWXYZ]{6}$/);
  expect(new Set(codes).size).toBe(200);
});

test.each([
  ['KXTBRM', 'KXTBRM'],
  [' kxt-brm ', 'KXTBRM'],
  ['k x t b r m', 'KXTBRM'],
  ['ＫＸＴＢＲＭ', 'KXTBRM'],
  ['KXTBR', null],
  ['KXTBRMM', null],
  ['KXTBRI', null],
  ['K'.repeat(10_000), null],
  ['', null],
])('%s is the code %s', (typed, code) => {
  expect(readJoinCode(typed)).toBe(code);
});

test.each(['en', 'zh-tw'] as const)(
  'the words of %s differ, and 20 bits are in three of them',
  (language) => {
    const words = wordLists[language];
    expect(new Set(words).size).toBe(words.length);
    expect(Math.log2(words.length ** 3)).toBeGreaterThan(20);
    // Nothing between two words is needed to tell which they are.
    const code = personalCode(language);
    expect(code.split('-').every((word) => words.includes(word))).toBe(true);
    expect(plainWords(` ${code.replaceAll('-', ' , ').toUpperCase()} `)).toBe(
      code.replaceAll('-', ''),
    );
  },
);

test.each([
  ['Mei', 'Mei'],
  ['  Mei \t Lin ', 'Mei Lin'],
  ['e\u0301', 'é'],
  ['<b>x</b>', '<b>x</b>'],
  ['\u202eieM', 'ieM'],
  ['M\u200be\u0000i', 'Mei'],
  ['علي', 'علي'],
  [`Z${'\u0335'.repeat(50)}algo`, 'Z\u0335\u0335algo'],
  ['x'.repeat(10_000), 'x'.repeat(40)],
  ['👩🏽', '👩🏽'],
  ['', null],
  ['\u3164\u200d', null],
  ['\u2800', null],
  ['\u0335', null],
])('%j is kept as %j', (text, name) => {
  expect(readName(text)).toBe(name);
});

test('equal names are told apart, also those that only look equal', () => {
  expect(distinctName('Mei', [])).toBe('Mei');
  expect(distinctName('mei', ['Mei', 'MEI 2'])).toBe('mei 3');
  // A mark that no font shows.
  expect(distinctName('Me\u034fi', ['Mei'])).toBe('Me\u034fi 2');
});

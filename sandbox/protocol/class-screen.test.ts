import { expect, test } from 'vitest';
import { readLook, readScreen, screenJson, type Screen } from './class-screen.ts';
import { mostScreenBytes } from './class-topics.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const small: Omit<Screen, 'isCut'> = {
  ...{ page: 'p1', isShown: true, exercise: 'first-message/publish', room: 'brave-otter' },
  ...{ place: 'server', phase: 'running', file: 'a', files: [{ name: 'a', text: 'let b = 1;' }] },
  lines: [{ device: 'a', level: 'log', text: '<b>hello</b>' }],
  checks: [{ id: 'connected', state: 'true' }],
};

test('a screen arrives as it was', () => {
  expect(readScreen(bytes(screenJson(small)))).toEqual({ ...small, isCut: false });
});

test('of a hint of a check nothing is sent: it may be as long as a payload', () => {
  const checks = [{ id: 'x', state: 'not-yet', hint: { id: 'h', values: { a: 'b' } } }] as never;
  expect(screenJson({ ...small, checks })).not.toContain('hint');
});

test('the largest screens fit, and can be read: the console gives way before the programs', () => {
  const line = { device: 'd', level: 'log', text: '網'.repeat(5_000) } as const;
  const lines = Array.from({ length: 3_000 }, () => line);
  const talking = readScreen(bytes(screenJson({ ...small, lines })))!;
  expect(talking.files).toEqual(small.files);
  expect(talking.isCut).toBe(false);
  expect(talking.lines.length).toBeGreaterThan(20);
  expect(talking.lines.at(-1)!.text).toMatch(/^網{400}…$/);
  // Six bytes each in JSON.
  const files = Array.from({ length: 20 }, (_, n) => ({ name: `f${n}`, text: '\u0001'.repeat(90_000) })); // prettier-ignore
  const json = screenJson({ ...small, files, lines });
  expect(bytes(json).length).toBeLessThanOrEqual(mostScreenBytes);
  const cut = readScreen(bytes(json))!;
  expect([cut.isCut, cut.files.length, cut.lines.length]).toEqual([true, 8, 0]);
  // No half of a character is left.
  const emoji = readScreen(bytes(screenJson({ ...small, files: [{ name: 'a', text: `x${'🙂'.repeat(9_000)}` }] })))!; // prettier-ignore
  expect(emoji.files[0]!.text.isWellFormed()).toBe(true);
  expect(emoji.isCut).toBe(true);
});

test.each([
  ['not JSON', '{'],
  ['another page', JSON.stringify({ ...small, isCut: false, page: '../x' })],
  ['another exercise', JSON.stringify({ ...small, isCut: false, exercise: 'a/../b' })],
  ['a room that is a path', JSON.stringify({ ...small, isCut: false, room: 'a?b' })],
  ['nine files', JSON.stringify({ ...small, isCut: false, files: Array(9).fill(small.files[0]) })],
  ['a line too long', JSON.stringify({ ...small, isCut: false, lines: [{ ...small.lines[0], text: 'x'.repeat(500) }] })], // prettier-ignore
  ['an unknown state', JSON.stringify({ ...small, isCut: false, checks: [{ id: 'a', state: 'yes' }] })], // prettier-ignore
])('%s is no screen', (_, json) => {
  expect(readScreen(bytes(json))).toBeUndefined();
});

test('a look: since when, or no longer', () => {
  expect(readLook(bytes('{"id":"a","seconds":3}'))).toEqual({ id: 'a', seconds: 3 });
  expect(readLook(bytes('{"id":"a","seconds":null}'))).toEqual({ id: 'a', seconds: null });
  for (const wrong of ['', '{"id":"a"}', '{"id":"a","seconds":-1}', '{"id":"<b>","seconds":1}'])
    expect([wrong, readLook(bytes(wrong))]).toEqual([wrong, undefined]);
});

import { expect, test } from 'vitest';
import { screenJson, type Screen } from '../../../sandbox/protocol/class-screen.ts';
import { changedLines } from './changed-lines.ts';
import { Screens } from './screens.ts';

test.each([
  ['nothing', 'a\nb', 'a\nb', null],
  ['one line', 'a\nb\nc', 'a\nB\nc', { from: 1, to: 1 }],
  ['a new line', 'a\nc', 'a\nb\nc', { from: 1, to: 1 }],
  ['a line is gone', 'a\nb\nc', 'a\nc', null],
  ['a line is twice', 'a\na', 'a\na\na', { from: 2, to: 2 }],
  ['two places', 'a\nb\nc\nd', 'A\nb\nc\nD', { from: 0, to: 3 }],
  ['all', '', 'a\nb', { from: 0, to: 1 }],
])('changed lines: %s', (_, before, after, lines) => {
  expect(changedLines(before, after)).toEqual(lines);
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const of = (page: string, more: Partial<Screen> = {}): Uint8Array =>
  bytes(
    screenJson({
      ...{ page, isShown: true, exercise: 'a/b', room: null, place: 'browser', phase: 'idle' },
      ...{ file: 'x', files: [], lines: [], checks: [], ...more },
    }),
  );

test('the page that the learner has in front of them is shown, not one in the background', () => {
  const screens = new Screens();
  screens.add(of('front'));
  screens.read(0);
  screens.add(of('back', { isShown: false }));
  screens.read(1);
  expect(screens.shown(1)?.page).toBe('front');
  screens.add(of('front', { isShown: false }));
  screens.read(2);
  expect(screens.shown(2)?.page).toBe('front');
});

test('what has not been said again for half a minute is not shown as if it were live', () => {
  const screens = new Screens();
  screens.add(of('a'));
  screens.read(0);
  expect(screens.shown(29_999)?.page).toBe('a');
  expect(screens.shown(30_000)).toBeNull();
});

test('of a flood the last messages are read; pages and nonsense are bounded', () => {
  const screens = new Screens();
  for (let n = 0; n < 10_000; n++) screens.add(n % 2 ? of(`p${n}`) : bytes('{"page":'));
  expect(screens.read(0)).toBe(true);
  expect(screens.shown(0)?.page).toBe('p9999');
  for (let n = 0; n < 100; n++) {
    screens.add(of(`q${n}`));
    screens.read(1);
  }
  screens.add(bytes('nonsense'));
  expect(screens.read(2)).toBe(false);
  expect(screens.shown(2)?.page).toBe('q99');
});

import { expect, test } from 'vitest';
import type { Work } from '../../../sandbox/protocol/work.ts';
import { columnsShown, countsOf, rowsOf, type Column } from './grid.ts';
import { withMessage, type LiveClass } from './live-class.ts';

const minute = 60_000;
const now = 1_000 * minute;
const columns: Column[] = ['a/x', 'a/y', 'b/x', 'c/x', 'd/x'].map((id) => ({
  ...{ id, title: id, part: id[0]! },
}));
const work = (member: string, exercise: string, change: Partial<Work> = {}): Work => ({
  ...{ member, exercise, started: now - minute, active: now, tries: 1, repeats: 1, green: 0 },
  ...{ checks: 2, advanced: now - minute, red: 'x', hint: null },
  ...{ passed: null, took: null, said: null },
  ...change,
});
const course = {
  id: 'c',
  code: 'KXTBRM',
  language: 'en' as const,
  locked: false,
  listOnly: false,
  asks: false,
  assignment: null,
  shared: { isOpen: false, isPaused: false },
  created: 1,
};
function live(names: string[], rows: Work[]): LiveClass {
  const members = names.map((name, at) => ({
    id: name,
    name,
    words: 'a-b-c',
    joined: at,
    seat: null,
  }));
  const begun = withMessage(
    null,
    { type: 'class', class: { ...course, members: 3 }, members, waiting: [] },
    now,
  );
  return withMessage(begun, { type: 'work', now, rows }, now)!;
}
const order = (one: LiveClass, by: 'help' | 'name' = 'help') =>
  rowsOf(one, {
    all: columns,
    shown: columns.slice(0, 2),
    order: by,
    language: 'en',
    now,
    present: new Set(),
  });

test('who needs help comes first: stuck the longest, then at work, not begun, done', () => {
  const class1 = live(
    ['done', 'idle', 'busy', 'stuck-5', 'stuck-9'],
    [
      work('done', 'a/x', { passed: 5 }),
      work('busy', 'a/x'),
      work('stuck-5', 'a/x', { repeats: 4, advanced: now - 5 * minute }),
      work('stuck-9', 'a/y', { repeats: 4, advanced: now - 9 * minute }),
    ],
  );
  expect(order(class1).map(({ member }) => member.name)).toEqual([
    ...['stuck-9', 'stuck-5', 'busy', 'idle', 'done'],
  ]);
  expect(order(class1, 'name').map(({ member }) => member.name)[0]).toBe('busy');
  expect(countsOf(order(class1), 0)).toEqual({
    ...{ none: 2, working: 1, stuck: 1, said: 0, passed: 1 },
  });
});

test('names with numbers are in the order of the numbers', () => {
  const rows = order(live(['Mei 10', 'Mei 2', 'Mei'], []), 'name');
  expect(rows.map(({ member }) => member.name)).toEqual(['Mei', 'Mei 2', 'Mei 10']);
});

test('the columns: a part, all, or what the class has in hand', () => {
  const ids = (part: string, rows: Work[]) =>
    columnsShown(columns, part, live(['m'], rows)).map(({ id }) => id);
  expect(ids('a', [])).toEqual(['a/x', 'a/y']);
  expect(ids('all', [])).toHaveLength(5);
  expect(ids('now', [])).toEqual(['a/x', 'a/y', 'b/x', 'c/x']);
  // In the order of the course; what the course no longer has is no column.
  expect(ids('now', [work('m', 'd/x'), work('m', 'b/x'), work('m', 'gone/x')])).toEqual([
    ...['b/x', 'd/x'],
  ]);
});

test('a member who was removed takes their work along; a later row replaces an earlier one', () => {
  let one = live(['Mei', 'Lin'], [work('Mei', 'a/x'), work('Lin', 'a/x')]);
  one = withMessage(
    one,
    { type: 'work', now: now + 500, rows: [work('Lin', 'a/x', { passed: 7 })] },
    now,
  )!;
  expect(one.ahead).toBe(500);
  const members = one.members.filter(({ name }) => name === 'Lin');
  one = withMessage(
    one,
    { type: 'class', class: { ...course, members: 1 }, members, waiting: [] },
    now,
  )!;
  expect([...one.work.values()].map(({ member, passed }) => [member, passed])).toEqual([
    ['Lin', 7],
  ]);
});

test('what is assigned is in its own order, without what the course no longer has', () => {
  const begun = live(['Mei'], [work('Mei', 'd/x')]);
  const exercises = ['c/x', 'gone/x', 'a/y'].map((exercise) => ({ exercise, from: null }));
  const class1 = { ...begun, class: { ...begun.class, assignment: { isTest: false, exercises } } };
  const ids = (one: LiveClass) => columnsShown(columns, 'assigned', one).map(({ id }) => id);
  expect(ids(class1)).toEqual(['c/x', 'a/y']);
  // It was taken back.
  expect(ids(begun)).toEqual(['d/x']);
});

import { expect, test } from 'vitest';
import type { Work } from '../../../sandbox/protocol/work.ts';
import { workKey, type LiveClass } from '../teach/live-class.ts';
import { sheetsOf } from './sheet.ts';

const course = {
  columns: [
    { id: 'a/one', title: 'One', part: 'p' },
    { id: 'a/two', title: 'Two', part: 'p' },
    { id: 'b/three', title: 'Three', part: 'q' },
  ],
  parts: [
    { id: 'p', title: 'First' },
    { id: 'q', title: 'Second' },
  ],
};
const work = (member: string, exercise: string, change: Partial<Work>): Work => ({
  ...{ member, exercise, started: 1, active: 2, tries: 9, repeats: 0, green: 0, checks: 1 },
  ...{ advanced: 1, red: null, hint: null, passed: null, took: null, said: null, ...change },
});
function live(rows: Work[]): LiveClass {
  const member = (id: string, name: string, seat: 'free' | 'taken' | null = null) => ({ id, name, words: '', joined: 0, seat }); // prettier-ignore
  return {
    class: { id: 'c', code: 'X', language: 'en', locked: false, listOnly: false, asks: false, assignment: null, shared: { isOpen: false, isPaused: false }, created: 0, members: 3 }, // prettier-ignore
    members: [member('m', 'Mei 10'), member('l', 'Mei 9', 'taken'), member('f', 'Ada', 'free')],
    work: new Map(rows.map((row) => [workKey(row.member, row.exercise), row])),
    ...{ waiting: [], ahead: 0, isKept: true, ended: false },
  };
}

test('by name, without names that nobody has picked; passes by part, in the order of the course', () => {
  const sheets = sheetsOf(
    live([
      work('m', 'b/three', { passed: 30, took: 2 }),
      work('m', 'a/two', { said: 20 }),
      work('m', 'a/one', { green: 1 }),
      // The course has it no more.
      work('m', 'z/gone', { passed: 5, took: 1 }),
    ]),
    course,
    'en',
  );
  expect(sheets.map(({ name }) => name)).toEqual(['Mei 9', 'Mei 10']);
  expect(sheets[0]).toMatchObject({ passed: 0, all: 3, hasSaid: false, parts: [] });
  expect(sheets[1]).toEqual({
    ...{ member: 'm', name: 'Mei 10', passed: 2, all: 3, hasSaid: true },
    parts: [
      { title: 'First', all: 2, lines: [{ title: 'Two', at: 20, by: 'page', tries: null }] },
      { title: 'Second', all: 1, lines: [{ title: 'Three', at: 30, by: 'checks', tries: 2 }] },
    ],
  });
});

test('what the checks have seen is before what the page has said', () => {
  const [, mei] = sheetsOf(live([work('m', 'a/one', { passed: 9, took: 3, said: 4 })]), course, 'en'); // prettier-ignore
  expect(mei).toMatchObject({ hasSaid: false });
  expect(mei!.parts[0]!.lines).toEqual([{ title: 'One', at: 9, by: 'checks', tries: 3 }]);
});

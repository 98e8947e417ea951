import { expect, test } from 'vitest';
import { mostAssigned, type Assignment } from '../../../sandbox/protocol/assignment.ts';
import { moved, withAdded, withFrom, without } from './assign-draft.ts';

const columns = ['a/x', 'a/y', 'b/x'].map((id) => ({ id, title: id, part: id[0]! }));
const given = (...ids: string[]): Assignment => ({
  isTest: true,
  exercises: ids.map((exercise) => ({ exercise, from: null })),
});
const ids = ({ exercises }: Assignment) => exercises.map(({ exercise }) => exercise).join(' ');

test('one exercise or what is left of a part is added at the end, and nothing twice', () => {
  expect(ids(withAdded(given('b/x'), 'a/y', columns))).toBe('b/x a/y');
  expect(ids(withAdded(given('b/x', 'a/y'), 'part a', columns))).toBe('b/x a/y a/x');
  expect(ids(withAdded(given('a/x'), 'a/x', columns))).toBe('a/x');
  expect(ids(withAdded(given('a/x'), 'part z', columns))).toBe('a/x');
  const many = Array.from({ length: mostAssigned + 5 }, (_, n) => ({ id: `c/e${n}`, title: '', part: 'c' })); // prettier-ignore
  expect(withAdded(given('a/x'), 'part c', many).exercises).toHaveLength(mostAssigned);
});

test('lines move by one, not beyond the ends; a time stays with its exercise', () => {
  const timed = withFrom(given('a/x', 'a/y', 'b/x'), 2, 5);
  expect(ids(moved(timed, 2, -1))).toBe('a/x b/x a/y');
  expect(moved(timed, 2, -1).exercises[1]).toEqual({ exercise: 'b/x', from: 5 });
  expect(moved(timed, 2, 1)).toBe(timed);
  expect(moved(timed, 0, -1)).toBe(timed);
  expect(ids(without(timed, 0))).toBe('a/y b/x');
  expect(withFrom(timed, 2, null)).toEqual(given('a/x', 'a/y', 'b/x'));
});

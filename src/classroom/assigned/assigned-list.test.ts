import { expect, test } from 'vitest';
import { assignedNow } from '../../../sandbox/protocol/assignment.ts';
import { exerciseNow } from '../../../sandbox/protocol/progress.ts';
import { assignedItems, exerciseAddress } from './assigned-list.ts';

const titles = { 'a/x': 'A', 'b/x': 'B', 'c/x': 'C', 'd/x': 'D' };
const given = {
  isTest: false,
  exercises: [
    { exercise: 'c/x', from: null, isOpen: true },
    { exercise: 'no/such', from: null, isOpen: true },
    { exercise: 'toString', from: null, isOpen: true },
    { exercise: 'b/x', from: 9, isOpen: false },
    { exercise: 'a/x', from: null, isOpen: true },
    { exercise: 'd/x', from: null, isOpen: true },
  ],
};
const states = (passed: string[]) => {
  const exercises = Object.fromEntries(passed.map((id) => [id, { passed: 1 }]));
  const progress = { version: 1 as const, lessons: {}, exercises };
  return assignedItems(given, { progress, titles }).map(({ title, state }) => `${title} ${state}`);
};

test('the first that is open and not done is next; what is closed waits, done or not', () => {
  expect(states([])).toEqual(['C next', 'B closed', 'A open', 'D open']);
  expect(states(['c/x'])).toEqual(['C done', 'B closed', 'A next', 'D open']);
  expect(states(['c/x', 'b/x', 'a/x', 'd/x'])).toEqual(['C done', 'B done', 'A done', 'D done']);
  expect(states(['d/x', 'a/x', 'c/x'])).toEqual(['C done', 'B closed', 'A done', 'D done']);
});

test('an exercise is at its place in its lesson', () => {
  expect(exerciseAddress('/course/en/', 'wills/presence')).toBe(
    '/course/en/wills/#exercise-presence',
  );
});

test('what was assigned before an exercise moved is assigned where it is now', () => {
  const ids = { python: 'python-publish', 'python/listen': 'python-listen/listen' };
  const before = {
    isTest: true,
    exercises: [
      { exercise: 'python/lamp', from: null },
      { exercise: 'python/listen', from: 7 },
      { exercise: 'a/x', from: null },
    ],
  };
  expect(assignedNow(before, (id) => exerciseNow(id, ids))).toEqual({
    isTest: true,
    exercises: [
      { exercise: 'python-publish/lamp', from: null },
      { exercise: 'python-listen/listen', from: 7 },
      { exercise: 'a/x', from: null },
    ],
  });
});

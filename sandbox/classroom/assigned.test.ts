import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  mostAssigned,
  readOpenedAssignment,
  type Assignment,
  type OpenedAssignment,
} from '../protocol/assignment.ts';
import { Assigned } from './assigned.ts';

const begin = Date.UTC(2026, 0, 1);
const hour = 3_600_000;
let said: string[];
let given: Assignment | null;
let assigned: Assigned;
beforeEach(() => {
  vi.useFakeTimers({ now: begin });
  said = [];
  given = null;
  assigned = new Assigned({
    read: () => given,
    publish: (payload) => void said.push(payload),
    now: Date.now,
  });
});
afterEach(() => {
  assigned.close();
  vi.useRealTimers();
});
const last = (): OpenedAssignment => readOpenedAssignment(said.at(-1)!)!;
const open = () => last().exercises.map(({ exercise, isOpen }) => [exercise, isOpen]);

test('an exercise opens at its time by the server’s clock, also in 60 days; the order stays', async () => {
  given = {
    isTest: false,
    exercises: [
      { exercise: 'b/late', from: begin + 60 * 24 * hour },
      { exercise: 'a/now', from: null },
      { exercise: 'c/soon', from: begin + hour },
    ],
  };
  assigned.say();
  expect(open()).toEqual([['b/late', false], ['a/now', true], ['c/soon', false]]); // prettier-ignore
  await vi.advanceTimersByTimeAsync(hour - 1);
  expect(said).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(open()).toEqual([['b/late', false], ['a/now', true], ['c/soon', true]]); // prettier-ignore
  await vi.advanceTimersByTimeAsync(60 * 24 * hour - hour - 1);
  expect(said).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(open().every(([, isOpen]) => isOpen)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test('it is said when it is different, and taken back with an empty message', () => {
  assigned.say();
  expect(said).toEqual([]);
  given = { isTest: true, exercises: [{ exercise: 'a/now', from: null }] };
  assigned.say();
  assigned.say();
  expect(said).toHaveLength(1);
  expect(last().isTest).toBe(true);
  given = null;
  assigned.say();
  expect(said.slice(1)).toEqual(['']);
});

test.each([
  ['no exercise', []],
  ['one twice', ['a/b', 'a/b']],
  ['too many', Array.from({ length: mostAssigned + 1 }, (_, n) => `a/b${n}`)],
  ['markup', ['<b>/x']],
])('a message with %s is none', (_, exercises) => {
  const all = exercises.map((exercise) => ({ exercise, from: null, isOpen: true }));
  expect(readOpenedAssignment(JSON.stringify({ isTest: false, exercises: all }))).toBeUndefined();
});

import { expect, test } from 'vitest';
import {
  known,
  merged,
  nextUndone,
  nothing,
  oldestPassed,
  renamed,
  progressStateOf,
  type Progress,
} from './progress.ts';
import { readProgress } from './read-progress.ts';

const some = (progress: Partial<Progress>): Progress => ({ ...nothing(), ...progress });

test.each<[string, Partial<Progress>, string]>([
  ['nothing kept', {}, 'new'],
  ['opened', { lessons: { wills: { opened: 1 } } }, 'begun'],
  ['tried', { exercises: { 'wills/presence': { tried: 1 } } }, 'begun'],
  ['read, not passed', { lessons: { wills: { read: 1 } } }, 'begun'],
  [
    'one of two passed',
    { lessons: { wills: { read: 1 } }, exercises: { 'wills/presence': { passed: 1 } } },
    'begun',
  ],
  [
    'both passed, not read',
    { exercises: { 'wills/presence': { passed: 1 }, 'wills/plug': { passed: 1 } } },
    'begun',
  ],
  [
    'both passed and read',
    {
      lessons: { wills: { read: 1 } },
      exercises: { 'wills/presence': { passed: 1 }, 'wills/plug': { passed: 1 } },
    },
    'done',
  ],
])('a lesson of two exercises, %s', (_, progress, state) => {
  expect(progressStateOf(some(progress), 'wills', ['wills/presence', 'wills/plug'])).toBe(state);
});

test('goes on with the first lesson that is not done, from the place of the reader on', () => {
  const lessons = ['one', 'two', 'three'].map((id) => ({ id, exercises: [] }));
  const read = (...ids: string[]) => Object.fromEntries(ids.map((id) => [id, { read: 1 }]));
  const at = (lesson: string, ...ids: string[]) =>
    nextUndone(some({ lessons: read(...ids), last: { lesson, heading: '' } }), lessons);
  expect(nextUndone(nothing(), lessons)).toBe('one');
  expect(at('two', 'two')).toBe('three');
  expect(at('two')).toBe('two');
  expect(at('three', 'two', 'three')).toBe('one');
  expect(at('gone')).toBe('one');
  expect(at('three', 'one', 'two', 'three')).toBeUndefined();
});

test('answers are kept by lesson and question, also in a file and under a new id', () => {
  const kept = some({
    answers: { 'wills/predict-plug': { chosen: 1 }, 'qos-1/quiz-a': { chosen: 0 } },
  });
  expect(readProgress(JSON.stringify(kept))).toEqual(kept);
  expect(renamed(kept, { wills: 'last-will' }).answers).toEqual({
    'last-will/predict-plug': { chosen: 1 },
    'qos-1/quiz-a': { chosen: 0 },
  });
  const other = some({ answers: { 'qos-1/quiz-a': { chosen: 2 }, 'qos-1/quiz-b': { chosen: 2 } } });
  expect(merged(kept, other).answers).toEqual({ ...other.answers, ...kept.answers });
  const hostile = { ...kept, answers: { '<script>': { chosen: 1 } } };
  expect(readProgress(JSON.stringify(hostile))).toBeUndefined();
});

test.each([
  [{}, 'new'],
  [{ lessons: { words: { opened: 1 } } }, 'begun'],
  [{ lessons: { words: { read: 1 } } }, 'done'],
])('a lesson without exercises: %j', (progress, state) => {
  expect(progressStateOf(some(progress), 'words', [])).toBe(state);
});

test('a renamed lesson keeps what was done under its old ids', () => {
  const kept = some({
    lessons: { wills: { opened: 5, read: 9 }, 'last-will': { opened: 7 } },
    exercises: { 'wills/presence': { passed: 3 }, 'qos-1/again': { tried: 1 } },
    last: { lesson: 'wills', heading: 'the-plug' },
  });
  expect(renamed(kept, { wills: 'last-will' })).toEqual({
    version: 1,
    lessons: { 'last-will': { opened: 5, read: 9 } },
    exercises: { 'last-will/presence': { passed: 3 }, 'qos-1/again': { tried: 1 } },
    last: { lesson: 'last-will', heading: 'the-plug' },
  });
});

test('an exercise that moved to another lesson stays passed', () => {
  const kept = some({
    lessons: { connect: { read: 9 } },
    exercises: { 'connect/same-id': { passed: 3 }, 'connect/other': { tried: 1 } },
  });
  expect(renamed(kept, { 'connect/same-id': 'client-id/same-id' })).toEqual({
    version: 1,
    lessons: { connect: { read: 9 } },
    exercises: { 'client-id/same-id': { passed: 3 }, 'connect/other': { tried: 1 } },
  });
});

test('of a lesson in two, each half keeps what was done of it', () => {
  const kept = some({
    lessons: { python: { opened: 2, read: 9 } },
    exercises: { 'python/lamp': { passed: 3 }, 'python/listen': { tried: 4, passed: 5 } },
    answers: { 'python/quiz-lost': { chosen: 2 }, 'python/quiz-silence': { chosen: 1 } },
    last: { lesson: 'python', heading: 'check-yourself' },
  });
  const ids = {
    python: 'python-publish',
    'python/listen': 'python-listen/listen',
    'python/quiz-silence': 'python-listen/quiz-silence',
  };
  expect(renamed(kept, ids)).toEqual({
    version: 1,
    lessons: { 'python-publish': { opened: 2, read: 9 } },
    exercises: {
      'python-publish/lamp': { passed: 3 },
      'python-listen/listen': { tried: 4, passed: 5 },
    },
    answers: {
      'python-publish/quiz-lost': { chosen: 2 },
      'python-listen/quiz-silence': { chosen: 1 },
    },
    last: { lesson: 'python-publish', heading: 'check-yourself' },
  });
});

test('two devices together have done what either has', () => {
  const mine = some({
    lessons: { a: { opened: 5 } },
    exercises: { 'a/x': { tried: 2, passed: 3 } },
    last: { lesson: 'a', heading: '' },
  });
  const other = some({
    lessons: { a: { opened: 4, read: 6 }, b: { opened: 1 } },
    exercises: { 'a/x': { passed: 8 } },
    last: { lesson: 'b', heading: '' },
  });
  expect(merged(mine, other)).toEqual({
    version: 1,
    lessons: { a: { opened: 4, read: 6 }, b: { opened: 1 } },
    exercises: { 'a/x': { tried: 2, passed: 8 } },
    last: { lesson: 'a', heading: '' },
  });
});

test('to practise again: what was passed longest ago', () => {
  const progress = some({
    exercises: { 'a/x': { passed: 30 }, 'b/x': { passed: 10 }, 'c/x': { tried: 1 } },
  });
  expect(oldestPassed(progress, ['a/x', 'b/x', 'c/x', 'd/x'])).toBe('b/x');
  expect(oldestPassed(progress, ['c/x', 'd/x'])).toBeUndefined();
});

test('what is exported can be imported', () => {
  const progress = some({
    lessons: { 'first-message': { opened: 1, read: 2 } },
    exercises: { 'first-message/publish': { tried: 1, passed: 2 } },
    last: { lesson: 'first-message', heading: 'now-say-something' },
  });
  expect(readProgress(JSON.stringify(progress))).toEqual(progress);
});

test.each([
  ['no JSON', 'hello'],
  ['another version', '{"version":2,"lessons":{},"exercises":{}}'],
  ['a list', '[]'],
  ['no tables', '{"version":1}'],
  ['an id with markup', '{"version":1,"lessons":{"<b>":{}},"exercises":{}}'],
  ['a time that is text', '{"version":1,"lessons":{"a":{"read":"now"}},"exercises":{}}'],
  ['a time before 1970', '{"version":1,"lessons":{"a":{"read":-1}},"exercises":{}}'],
  ['an exercise without its lesson', '{"version":1,"lessons":{},"exercises":{"x":{}}}'],
  ['a prototype', '{"version":1,"lessons":{"__proto__":{"read":1}},"exercises":{}}'],
  ['a text without end', `{"version":1,"lessons":{},"exercises":{}}${' '.repeat(200_000)}`],
])('%s is no progress', (_, text) => {
  expect(readProgress(text)).toBeUndefined();
});

test('what this version does not know is left out', () => {
  const text =
    '{"version":1,"lessons":{"a":{"read":1,"mood":"good"}},"exercises":{},"last":{"lesson":7},"x":1}';
  expect(readProgress(text)).toEqual(some({ lessons: { a: { read: 1 } } }));
});

test('of a file of 500 lessons only those of the course are taken', () => {
  const mine = some({ lessons: { wills: { read: 1 } } });
  const joke = Object.fromEntries(
    Array.from({ length: 499 }, (_, i) => [`joke-${i}`, { read: 1 }]),
  );
  const file = some({
    lessons: { ...joke, qos: { read: 2 } },
    exercises: { 'joke/joke': { passed: 1 }, 'qos/lost': { passed: 2 } },
  });
  const all = merged(mine, known(file, ['wills', 'qos'], ['qos/lost']));
  expect(readProgress(JSON.stringify(all))).toEqual(
    some({
      lessons: { wills: { read: 1 }, qos: { read: 2 } },
      exercises: { 'qos/lost': { passed: 2 } },
    }),
  );
});

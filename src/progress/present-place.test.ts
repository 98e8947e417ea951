import { expect, test } from 'vitest';
import { presentPlace } from './present-place.ts';

const ids = {
  python: 'python-publish',
  'python/listen': 'python-listen/listen',
  'python/quiz-silence': 'python-listen/quiz-silence',
  'connect/same-id': 'client-id/same-id',
};

test.each([
  // A renamed lesson, and what went to another one.
  ['python', '', 'python-publish', ''],
  ['python', '#switch-the-lamp', 'python-publish', '#switch-the-lamp'],
  ['python', '#exercise-lamp', 'python-publish', '#exercise-lamp'],
  ['python', '#exercise-listen', 'python-listen', '#exercise-listen'],
  ['python', '#quiz-silence', 'python-listen', '#quiz-silence'],
  ['python', '#quiz-lost', 'python-publish', '#quiz-lost'],
  ['python', '#shared=python/lamp:zAb-_1', 'python-publish', '#shared=python-publish/lamp:zAb-_1'],
  ['python', '#shared=python/listen:zA', 'python-listen', '#shared=python-listen/listen:zA'],
  // A lesson that is still there, and lost an exercise.
  ['connect', '#exercise-same-id', 'client-id', '#exercise-same-id'],
  ['connect', '#shared=connect/same-id:zA', 'client-id', '#shared=client-id/same-id:zA'],
  ['connect', '#shared=connect/same-bytes:zA', 'connect', '#shared=connect/same-bytes:zA'],
  ['connect', '#text', 'connect', '#text'],
  // Nothing of ours: as it is.
  ['connect', '#:~:text=CONNECT', 'connect', '#:~:text=CONNECT'],
  ['constructor', '#exercise-x', 'constructor', '#exercise-x'],
])('%s%s is %s%s', (lesson, fragment, now, there) => {
  expect(presentPlace({ lesson, fragment }, ids)).toEqual({ lesson: now, fragment: there });
});

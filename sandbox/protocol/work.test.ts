import { expect, test } from 'vitest';
import { stuckMs, stuckTries, workState, type Work } from './work.ts';

const minute = 60_000;
const now = 1_000 * minute;
const some: Work = {
  ...{ member: 'm', exercise: 'a/b', started: now - minute, active: now, tries: 1, repeats: 1 },
  ...{ green: 0, checks: 2, advanced: now - minute, red: 'x', hint: null },
  ...{ passed: null, took: null, said: null },
};

test.each<[string, Partial<Work> | undefined, string]>([
  ['nothing', undefined, 'none'],
  ['one run', {}, 'working'],
  ['three runs on the same check', { tries: 3, repeats: stuckTries - 1 }, 'working'],
  ['four runs on the same check', { tries: 4, repeats: stuckTries }, 'stuck'],
  ['ten minutes on the same check', { tries: 2, advanced: now - stuckMs }, 'stuck'],
  ['ten minutes, and one run only', { advanced: now - stuckMs }, 'working'],
  ['gone for half an hour', { repeats: 9, active: now - 31 * minute }, 'working'],
  ['said by the page', { repeats: 9, said: 5 }, 'said'],
  ['said, and passed', { said: 5, passed: 6 }, 'passed'],
])('%s', (_, change, state) => {
  expect(workState(change && { ...some, ...change }, now)).toBe(state);
});

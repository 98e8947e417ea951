import { expect, test } from 'vitest';
import type { Work } from '../protocol/work.ts';
import { mergedWork } from './merged-work.ts';

const work = (change: Partial<Work>): Work => ({
  ...{ member: 'a', exercise: 'x/y', started: 10, active: 20, tries: 2, repeats: 1, green: 1 },
  ...{ checks: 3, advanced: 15, red: 'r', hint: null, passed: null, took: null, said: null },
  ...change,
});

test('tries are added; the red check is that of the last sign; the first start counts', () => {
  const other = work({ started: 5, active: 30, tries: 3, repeats: 3, green: 2, advanced: 12, red: 's' }); // prettier-ignore
  const both = work({ started: 5, active: 30, tries: 5, repeats: 3, green: 2, advanced: 15, red: 's' }); // prettier-ignore
  expect(mergedWork(other, work({}))).toEqual(both);
  expect(mergedWork(work({}), other)).toEqual(both);
  expect(mergedWork(other, undefined)).toEqual(other);
});

test.each([
  ['of the other', { passed: 9, took: 4 }, {}, [9, 4]],
  ['of the kept one', {}, { passed: 9, took: 4 }, [9, 4]],
  ['of both: the stored one stays', { passed: 3, took: 1 }, { passed: 9, took: 4 }, [9, 4]],
])('a pass %s is the pass', (_, other, kept, [passed, took]) => {
  expect(mergedWork(work(other), work(kept))).toMatchObject({ passed, took });
});

test('what a page has said of one stays said', () => {
  expect(mergedWork(work({ said: 7 }), work({})).said).toBe(7);
  expect(mergedWork(work({}), work({ said: 7 })).said).toBe(7);
});

import { expect, it } from 'vitest';
import { median } from './median.ts';

it.each([
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[10, 9], 9.5],
  [[7], 7],
])('of %j is %d', (values, expected) => expect(median(values)).toBe(expected));

it('of nothing is not a number', () => expect(median([])).toBeNaN());

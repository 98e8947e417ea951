import { expect, test, vi } from 'vitest';
import { orElse } from './or-else.ts';

const never = new Promise<string>(() => {});

test('the second is not asked if the first is in time', async () => {
  const second = vi.fn(() => Promise.resolve('second'));
  expect(await orElse(Promise.resolve('first'), second, 20)).toBe('first');
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(second).not.toHaveBeenCalled();
});
test.each([
  ['never answers', () => never],
  ['fails', () => Promise.reject(new Error('gone'))],
])('the second is asked once if the first %s', async (_, first) => {
  const second = vi.fn(() => Promise.resolve('second'));
  expect(await orElse(first(), second, 20)).toBe('second');
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(second).toHaveBeenCalledOnce();
});
test('an answer of the first is taken as long as the second has none', async () => {
  const late = new Promise<string>((resolve) => setTimeout(() => resolve('first'), 40));
  expect(await orElse(late, () => never, 10)).toBe('first');
});

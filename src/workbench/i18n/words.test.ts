import { expect, test } from 'vitest';
import { createWords, fill } from './words.ts';

test('values are filled in as they are, and never looked into again', () => {
  expect(fill('{a} and {b}', { a: '{b}', b: '$&<i>' })).toBe('{b} and $&<i>');
  expect(fill('{toString} {missing}', {})).toBe('{toString} {missing}');
});

test('a missing key shows as itself; an inherited one is missing', () => {
  const words = createWords({ a: 'A' }, { b: 'B {n}' });
  expect([words('a'), words('b', { n: 2 }), words('toString')]).toEqual(['A', 'B 2', 'toString']);
});

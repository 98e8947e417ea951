import { expect, test } from 'vitest';
import { passedOf, suspendData } from './suspend-data.ts';

const exercises = ['qos-1/again', 'qos-1/lost', 'qos-2/once'];

test('what was passed comes back, in the order of the part', () => {
  const text = suspendData(['qos-2/once', 'qos-1/again']);
  expect(passedOf(text, exercises)).toEqual(['qos-1/again', 'qos-2/once']);
});

test('a newer package knows what its lessons were called', () => {
  const text = suspendData(['twice/again', 'toString/lost', 'qos-0/lost']);
  expect(passedOf(text, exercises, { twice: 'qos-1', 'qos-0/lost': 'qos-1/lost' })).toEqual([
    'qos-1/again',
    'qos-1/lost',
  ]);
});

test.each([
  ['nothing', ''],
  ['another course’s data', 'page=3;score=12'],
  ['another version', '{"v":2,"passed":["qos-1/again"]}'],
  ['no list', '{"v":1,"passed":"qos-1/again"}'],
  ['an exercise of no lesson', '{"v":1,"passed":["<b>","toString"]}'],
  ['more than a platform keeps', `{"v":1,"passed":["qos-1/again"]}${' '.repeat(4096)}`],
])('%s is nothing passed', (_, text) => {
  expect(passedOf(text, exercises)).toEqual([]);
});

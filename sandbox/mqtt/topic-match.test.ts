import { describe, expect, test } from 'vitest';
import { SubscriptionTree } from '../engine/builtin/subscription-tree.ts';
import { matches, sharedFilter, validShared } from './topic-match.ts';

/** MQTT 5.0, section 4.7, with its own examples. */
const cases: [filter: string, topic: string, matches: boolean][] = [
  ['sport/tennis/player1/#', 'sport/tennis/player1', true],
  ['sport/tennis/player1/#', 'sport/tennis/player1/ranking', true],
  ['sport/tennis/player1/#', 'sport/tennis/player1/score/wimbledon', true],
  ['sport/#', 'sport', true],
  ['#', 'a/b/c', true],
  ['sport/tennis/+', 'sport/tennis/player1', true],
  ['sport/tennis/+', 'sport/tennis/player1/ranking', false],
  ['sport/+', 'sport', false],
  ['sport/+', 'sport/', true],
  ['+/+', '/finance', true],
  ['/+', '/finance', true],
  ['+', '/finance', false],
  ['+/tennis/#', 'any/tennis', true],
  ['sport/+/player1', 'sport//player1', true],
  ['#', '$SYS/broker', false],
  ['+/broker', '$SYS/broker', false],
  ['$SYS/#', '$SYS/broker/uptime', true],
  ['$SYS/broker/+', '$SYS/broker/uptime', true],
  ['a/$SYS/#', 'a/$SYS/b', true],
  ['a', 'A', false],
  ['a', 'a/', false],
  ['a/b', 'a', false],
  ['+/b/#', 'a/b', true],
  ['__proto__/+', '__proto__/constructor', true],
  ['$share/group/a/+', 'a/b', true],
  ['$share/group/#', '$SYS/x', false],
  ['$share', '$share', true],
];

describe('a filter and a topic', () => {
  for (const [filter, topic, expected] of cases) {
    test(`${filter} ${expected ? 'matches' : 'does not match'} ${topic}`, () => {
      expect(matches(filter, topic)).toBe(expected);
      const index = new SubscriptionTree<string>();
      index.add(sharedFilter(filter)?.filter ?? filter, 'here');
      expect(index.match(topic)).toEqual(expected ? ['here'] : []);
    });
  }
});

test('shared filters', () => {
  expect(sharedFilter('$share/g/a/b')).toEqual({ group: 'g', filter: 'a/b' });
  expect(sharedFilter('$share/g//a')).toEqual({ group: 'g', filter: '/a' });
  expect(sharedFilter('$share/g')).toBeNull();
  expect(sharedFilter('share/g/a')).toBeNull();
  expect(validShared({ group: '', filter: 'a' })).toBe(false);
  expect(validShared({ group: '+', filter: 'a' })).toBe(false);
  expect(validShared({ group: 'g', filter: '' })).toBe(false);
});

test('the index forgets what is removed, and the levels that only it needed', () => {
  const index = new SubscriptionTree<string>();
  index.add('a/b/#', 'one');
  index.add('a/b', 'two');
  index.add('a/b', 'three');
  index.remove('a/b', 'two');
  index.remove('a/b', 'never there');
  index.remove('x/y', 'never there');
  expect(index.match('a/b').toSorted()).toEqual(['one', 'three']);
  index.remove('a/b/#', 'one');
  index.remove('a/b', 'three');
  expect(index.size).toBe(0);
  expect(index.hasBelow('a')).toBe(false);
});

test('the index agrees with the plain rule on a thousand random pairs', () => {
  let seed = 7;
  const random = (n: number): number => (seed = (seed * 48_271) % 2_147_483_647) % n;
  const level = (wild: boolean): string =>
    ['a', 'b', '', '$x', ...(wild ? ['+', '+'] : [])][random(wild ? 6 : 4)]!;
  for (let i = 0; i < 1000; i++) {
    const filter = Array.from({ length: 1 + random(4) }, () => level(true));
    if (random(3) === 0) filter.push('#');
    const topic = Array.from({ length: 1 + random(4) }, () => level(false)).join('/');
    const name = filter.join('/');
    const index = new SubscriptionTree<string>();
    index.add(name, 'x');
    expect(index.match(topic).length === 1, `${name} ${topic}`).toBe(matches(name, topic));
  }
});

import { expect, test } from 'vitest';
import { matches } from '../../../../sandbox/mqtt/topic-match.ts';
import { explain, faultOfFilter } from './explain.ts';

const cases: [filter: string, topic: string, matches: boolean, verdicts: string][] = [
  ['home/kitchen', 'home/kitchen', true, 'same same'],
  ['home/+/light', 'home/kitchen/light', true, 'same one same'],
  ['home/+', 'home/', true, 'same one'],
  ['+', '', true, 'one'],
  ['home/#', 'home/kitchen/light', true, 'same rest rest'],
  ['home/#', 'home', true, 'same here'],
  ['#', 'home/kitchen', true, 'rest rest'],
  ['+/#', 'home', true, 'one here'],
  ['/+', '/home', true, 'same one'],
  ['$SYS/#', '$SYS/broker/uptime', true, 'same rest rest'],
  ['$SYS/broker/+', '$SYS/broker/uptime', true, 'same same one'],
  ['home/+', 'home/kitchen/light', false, 'same one beyond'],
  ['home/+', 'home', false, 'same more'],
  ['home/+/#', 'home', false, 'same more after'],
  ['Home/kitchen', 'home/kitchen', false, 'differs after'],
  ['home/bath/#', 'home/kitchen/light', false, 'same differs after'],
  ['/home/+', 'home/kitchen', false, 'differs after after'],
  ['home/+/temp', 'home/kitchen/light', false, 'same one differs'],
  ['home', 'home/', false, 'same beyond'],
  ['#', '$SYS/broker/uptime', false, 'dollar after after'],
  ['+/broker/uptime', '$SYS/broker/uptime', false, 'dollar after after'],
  ['a/b/c/d', 'a', false, 'same more after after'],
  ['a', 'a/b/c', false, 'same beyond after'],
  ['$share/workers/jobs/+', 'jobs/1', true, 'same one'],
  ['$share/workers/#', '$SYS/broker/uptime', false, 'dollar after after'],
];
test.each(cases)('%j on %j: %s, %s', (filter, topic, expected, verdicts) => {
  const explanation = explain(filter, topic);
  expect(explanation.levels.map(({ verdict }) => verdict).join(' ')).toBe(verdicts);
  expect(explanation.matches).toBe(expected);
});

test('a filter matches exactly where no level speaks against it', () => {
  const levels = ['', 'a', 'b', '$x'];
  const wanted = ['', 'a', '+', '$x'];
  const against = new Set(['differs', 'more', 'beyond', 'dollar']);
  for (const filter of paths(wanted).flatMap((path) => [path, `${path}/#`]).concat('#')) {
    for (const topic of paths(levels)) {
      const { levels: pairs } = explain(filter, topic);
      const speaks = pairs.some(({ verdict }) => against.has(verdict));
      expect([filter, topic, !speaks]).toEqual([filter, topic, matches(filter, topic)]);
    }
  }
}); // prettier-ignore

test('the group of a shared subscription takes no part', () => {
  expect(explain('$share/workers/jobs/#', 'jobs').group).toBe('workers');
  expect(explain('jobs/#', 'jobs').group).toBeUndefined();
});

test.each([
  ['', 'filter-empty'],
  ['home/#/light', 'filter-hash'],
  ['home#', 'filter-hash'],
  ['home/k+', 'filter-plus'],
  ['$share//a', 'share-name'],
  ['$share/a', 'share-filter'],
  ['home/+/#', null],
])('%j: %s', (filter, fault) => expect(faultOfFilter(filter)).toBe(fault));

/** All paths of one to three levels. */
function paths(levels: string[]): string[] {
  const two = levels.flatMap((first) => levels.map((second) => `${first}/${second}`));
  const three = two.flatMap((path) => levels.map((level) => `${path}/${level}`));
  return [...levels, ...two, ...three];
}

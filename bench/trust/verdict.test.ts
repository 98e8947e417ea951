/** Whether the harness can fail at all. */
import { expect, test } from 'vitest';
import type { RowResult } from './row.ts';
import { cells, countedFaults, mayBeMachine, slowFaults } from './verdict.ts';

const times = { count: 100, p50: 1, p99: 5, worst: 20 };
const good: RowResult = {
  name: 'tcp-ping',
  transport: 'TCP',
  what: 'floods',
  done: { sent: 1000 },
  message: times,
  others: { page: times, watch: times },
  control: times,
  refused: {},
  classSlowerMs: null,
  megabytes: 20,
  died: null,
};

test.each<[string, Partial<RowResult>, number, number]>([
  ['nothing', {}, 0, 0],
  ['a dead process', { died: 'SIGABRT' }, 1, 0],
  ['a refused page', { refused: { 'page: HTTP 503': 3 } }, 1, 0],
  ['memory', { megabytes: 301 }, 1, 0],
  ['an attack that does nothing', { done: { closed: 9 } }, 1, 0],
  ['no message at all', { message: { count: 0, p50: 0, p99: 0, worst: 0 } }, 1, 0],
  ['a slow message', { message: { ...times, worst: 251 } }, 0, 1],
  ['slow messages', { message: { ...times, p99: 51 } }, 0, 1],
  ['a slow page', { others: { page: { ...times, worst: 251 } } }, 0, 1],
  ['a slow class', { classSlowerMs: 101 }, 0, 1],
])('finds %s', (_, change, counted, slow) => {
  const row = { ...good, ...change };
  expect(countedFaults(row)).toHaveLength(counted);
  expect(slowFaults(row)).toHaveLength(slow);
  expect(cells(row).at(-1) === 'ok').toBe(counted + slow === 0);
});

test('blames the machine only for what its own round trips explain', () => {
  const busy = { ...good, control: { ...times, worst: 80 } };
  expect(mayBeMachine({ ...busy, message: { ...times, worst: 400 } })).toBe(true);
  expect(mayBeMachine({ ...busy, message: { ...times, worst: 4000 } })).toBe(false);
  expect(mayBeMachine({ ...good, message: { ...times, worst: 400 } })).toBe(false);
});

import { expect, test } from 'vitest';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { Columns, columnName } from './columns.ts';
import { record } from '../../../sandbox/testing/recording.ts';

function columnsOf(entries: readonly TraceEntry[]): Columns {
  const columns = new Columns();
  for (const entry of entries) columns.add(entry);
  return columns;
}
const names = (columns: Columns) => [columns.left, columns.right].map((side) => side.map((column) => columnName(column, columns, '?'))); // prettier-ignore

test('publishers left, subscribers right; a client that comes back has its old place', async () => {
  const entries = await record([], async (stage) => {
    const phone = stage.device('phone');
    await phone.subscribeAsync('reading', { qos: 1 });
    const sensor = stage.device('sensor');
    await sensor.publishAsync('reading', '1', { qos: 1 });
    await sensor.endAsync();
    const again = stage.device('sensor');
    await again.publishAsync('reading', '2', { qos: 1 });
    // What it does first decides.
    await again.subscribeAsync('other');
    await phone.publishAsync('other', '3', { qos: 1 });
  });
  const columns = columnsOf(entries);
  expect(names(columns)).toEqual([['sensor'], ['phone']]);
  expect(columns.all.map(({ role }) => role)).toEqual(['both', 'both']);
  const lines = entries.filter((entry) => entry.type === 'line-opened').map(({ line }) => line);
  expect(lines).toHaveLength(3);
  expect(columns.of(lines[1]!)).toBe(columns.of(lines[2]!));
});

test('who does both stands across from those who do one: a sensor that listens first is left', async () => {
  const both = async (others: (stage: Parameters<Parameters<typeof record>[1]>[0]) => Promise<unknown>) =>
    names(
      columnsOf(
        await record([], async (stage) => {
          const sensor = stage.device('sensor');
          await sensor.subscribeAsync('settings');
          await others(stage);
          await sensor.publishAsync('reading', '1', { qos: 1 });
        }),
      ),
    );
  expect(await both((stage) => stage.device('screen').subscribeAsync('reading'))).toEqual([['sensor'], ['screen']]); // prettier-ignore
  expect(await both((stage) => stage.device('phone').publishAsync('settings', '1', { qos: 1 }))).toEqual([['phone'], ['sensor']]); // prettier-ignore
  expect(await both(async () => {})).toEqual([[], ['sensor']]);
}); // prettier-ignore

test('where everybody does both, who is heard more stands left', async () => {
  const entries = await record([], async (stage) => {
    const station = stage.device('station');
    await station.subscribeAsync('rain', { qos: 1 });
    await station.publishAsync('station', 'listening', { qos: 1, retain: true });
    const gauge = stage.device('gauge');
    await gauge.subscribeAsync('station', { qos: 1 });
    for (const mm of ['1', '2', '2']) await gauge.publishAsync('rain', mm, { qos: 1 });
    // Nobody hears it.
    for (const sum of ['1', '3', '5', '5']) await station.publishAsync('total', sum, { qos: 1 });
    await stage.until((seen) => seen.filter((entry) => entry.type === 'packet' && entry.direction === 'to-client' && entry.bytes[0]! >> 4 === 3).length === 4); // prettier-ignore
  });
  const columns = columnsOf(entries);
  expect(names(columns)).toEqual([['gauge'], ['station']]);
  expect(columns.all.map(({ side }) => side)).toEqual(['left', 'right']);
});

test('two clients of one program at a time have a column each, called by their client ids', async () => {
  const entries = await record([], async (stage) => {
    for (const clientId of ['one', 'two']) {
      const client = stage.device('program', { clientId });
      await client.publishAsync('reading', clientId, { qos: 1 });
    }
  });
  expect(names(columnsOf(entries))).toEqual([['one (program)', 'two (program)'], []]);
});

test('a client from outside is called by its client id; one that never says it by its line', async () => {
  const opened = (line: number): TraceEntry => ({ type: 'line-opened', n: line, at: line, line, transport: 'tcp', role: 'outside' }); // prettier-ignore
  const columns = columnsOf([
    opened(1),
    { type: 'line-closed', n: 2, at: 2, line: 1, by: 'client' },
  ]);
  expect(names(columns)).toEqual([['?'], []]);
  const entries = await record([], async (stage) => {
    await stage.wire('').connect('mosq-1');
  });
  const outside = entries.map((entry) => (entry.type === 'line-opened' ? { ...entry, role: 'outside' as const, name: undefined } : entry)); // prettier-ignore
  expect(names(columnsOf(outside as TraceEntry[]))).toEqual([['mosq-1'], []]);
});

test('a hundred clients have at most 24 columns', () => {
  const columns = new Columns();
  for (let line = 1; line <= 100; line += 1) {
    columns.add({ type: 'line-opened', n: line, at: line, line, transport: 'tcp', role: 'device', name: `d${line}` }); // prettier-ignore
  }
  expect(columns.all).toHaveLength(24);
  expect(columns.of(100)).toBe(columns.of(24));
});

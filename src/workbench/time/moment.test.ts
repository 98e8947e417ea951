import { expect, test } from 'vitest';
import { record as recording } from '../../../sandbox/testing/recording.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { RunRecord } from '../run/record.ts';
import { Moment } from './moment.ts';

/** A real handshake of QoS 1, with its retained message. */
const handshake = () =>
  recording([], async ({ wire, until }) => {
    const sensor = wire('sensor');
    await sensor.connect('sensor');
    sensor.publish('t', 'on', { qos: 1, messageId: 1, retain: true });
    await sensor.next('puback');
    sensor.send({ cmd: 'disconnect' });
    await until((entries) => entries.some(({ type }) => type === 'line-closed'));
  });

function momentOf(entries: readonly TraceEntry[] = [], limit = 20_000) {
  const record = new RunRecord((notify) => notify(), { entries: limit, lines: 10, text: 100 });
  record.clear();
  record.addEntries(entries);
  return { record, moment: new Moment(record) };
}
const kinds = (moment: Moment) => moment.entries.flatMap((entry) => (entry.type === 'packet' ? [entry.bytes[0]! >> 4] : [])); // prettier-ignore
const retained = (moment: Moment) => moment.brokerState().retained.map(({ topic }) => topic);

test('each step is one packet or the end of a connection; the broker holds what it held then', async () => {
  const { moment } = momentOf(await handshake());
  expect(moment.steps.map(({ entry }) => entry.type)).toEqual([...Array(5).fill('packet'), 'line-closed']); // prettier-ignore
  const seen: [packets: number, retained: string[], clients: number][] = [];
  while (moment.count > 0) {
    moment.step(-1);
    seen.push([kinds(moment).length, retained(moment), moment.brokerState().clients.length]);
  }
  // Before DISCONNECT's end, before DISCONNECT, PUBACK, PUBLISH, CONNACK, CONNECT.
  expect(seen).toEqual([
    [5, ['t'], 1],
    [4, ['t'], 1],
    [3, ['t'], 1],
    [2, [], 1],
    [1, [], 0],
    [0, [], 0],
  ]);
  moment.live();
  expect([moment.entries.length > 5, retained(moment)]).toEqual([true, ['t']]);
});

test('to go back is another generation, to go on is not; one step on may be shown moving', async () => {
  const { moment } = momentOf(await handshake());
  const told: [number, boolean][] = [];
  const { generation } = moment;
  moment.subscribe(() => told.push([moment.generation - generation, moment.isMoving]));
  moment.step(-1);
  moment.step(-1);
  moment.step(1);
  moment.goTo(0);
  moment.goTo(3);
  moment.live();
  expect(told).toEqual([
    [1, false],
    [2, false],
    [2, true],
    [3, false],
    [3, false],
    [3, false],
  ]);
});

test('a moment stands still while the run goes on; another run is live again', async () => {
  const entries = await handshake();
  const { record, moment } = momentOf(entries.slice(0, 3));
  let shows = 0;
  let changes = 0;
  moment.subscribe(() => (shows += 1));
  moment.onChange(() => (changes += 1));
  moment.toggle();
  const before = moment.entries;
  record.addEntries(entries.slice(3));
  expect([moment.entries === before, moment.mode, shows]).toEqual([true, 'paused', 1]);
  // The time line learns of it.
  expect([changes, moment.count < moment.steps.length]).toEqual([2, true]);
  const { generation } = moment;
  record.clear();
  expect([moment.mode, moment.entries.length]).toEqual(['live', 0]);
  expect(moment.generation).toBeGreaterThan(generation);
});

test('what was printed stands before the next packet', async () => {
  const { record, moment } = momentOf(await handshake());
  const [, connack, publish] = moment.steps;
  const line = { device: 'sensor', level: 'log', text: 'connected' } as const;
  record.addLine({ ...line, at: (connack!.at + publish!.at) / 2 });
  record.addLine({ ...line, text: 'late', at: publish!.at + 60_000 });
  const texts = (count: number) => {
    moment.goTo(count);
    return moment.lines.map(({ text }) => text);
  };
  expect([texts(1), texts(2), texts(3)]).toEqual([[], ['connected'], ['connected']]);
  moment.live();
  expect(moment.lines).toHaveLength(2);
});

test('a moment whose entries are overwritten moves to the oldest that are kept, and says how many are gone', async () => {
  const entries = await handshake();
  const { record, moment } = momentOf(entries, entries.length + 1);
  moment.goTo(1);
  const more = entries.filter(({ type }) => type === 'packet').map((entry, at) => ({ ...entry, n: entries.length + 1 + at, at: 9_000 })); // prettier-ignore
  record.addEntries(more);
  expect(record.entriesLeftOut).toBeGreaterThan(0);
  expect(moment.entriesLeftOut).toBe(record.entriesLeftOut);
  expect(moment.steps[0]!.n).toBeGreaterThanOrEqual(record.entries[0]!.n);
  expect(moment.entries.every(({ n }) => n >= record.entries[0]!.n)).toBe(true);
}); // prettier-ignore

test('a capture is shown instead of the room until it is closed, or a run begins', async () => {
  const entries = await handshake();
  const { record, moment } = momentOf(entries.slice(0, 2));
  const generations = new Set([moment.generation]);
  let shows = 0;
  moment.subscribe(() => (shows += 1));
  moment.open('lab.pcapng', { entries, leftOut: 3 });
  generations.add(moment.generation);
  expect([moment.isNow, moment.isLive, moment.capture, shows]).toEqual([false, true, 'lab.pcapng', 1]); // prettier-ignore
  expect([moment.entries.length, moment.entriesLeftOut]).toEqual([entries.length, 3]);
  expect(retained(moment)).toEqual(['t']);
  moment.goTo(2);
  expect(retained(moment)).toEqual([]);
  // What happens in the room meanwhile is not shown.
  record.addEntries(entries.slice(2));
  expect([moment.count, moment.capture]).toEqual([2, 'lab.pcapng']);
  moment.close();
  generations.add(moment.generation);
  expect([moment.isNow, moment.entries.length]).toEqual([true, entries.length]);
  moment.open('again.pcapng', { entries, leftOut: 0 });
  generations.add(moment.generation);
  record.clear();
  generations.add(moment.generation);
  expect([moment.capture, moment.entries.length, generations.size]).toEqual([undefined, 0, 5]);
});

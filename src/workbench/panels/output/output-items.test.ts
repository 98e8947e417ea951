import { expect, test } from 'vitest';
import { record } from '../../../../sandbox/testing/recording.ts';
import type { TraceEntry } from '../../../../sandbox/protocol/trace.ts';
import type { ConsoleLine } from '../../run/record.ts';
import { OutputItems } from './output-items.ts';
import { readPacket } from '../../trace/clients.ts';

const print = (device: string, text: string, at: number): ConsoleLine => ({
  ...{ device, text, at },
  level: 'log',
});
const recordOf = (entries: TraceEntry[], lines: ConsoleLine[] = [], linesLeftOut = 0) => ({
  ...{ generation: 1, entries, lines, linesLeftOut },
});
const textOf = (items: OutputItems) =>
  items.items.map((item) => {
    if (item.what === 'printed') return `${item.line.device} prints ${item.line.text}`;
    const packet = readPacket(item.entry);
    return packet?.kind === 'PUBLISH' ? `gets ${String(Buffer.from(packet.payload))}` : '?';
  });

test('what was received and what was printed, in the order of the room’s clock', async () => {
  const entries = await record([], async (stage) => {
    const lamp = stage.device('lamp');
    await lamp.subscribeAsync('lamp/#', { qos: 1 });
    const got = new Promise((resolve) => lamp.once('message', resolve));
    const sensor = stage.device('sensor');
    await sensor.publishAsync('lamp/state', 'on', { qos: 1 });
    await got;
  });
  const [delivery] = entries.filter(
    (entry) =>
      entry.type === 'packet' && entry.direction === 'to-client' && entry.bytes[0]! >> 4 === 3,
  );
  const first = print('sensor', 'publishing', delivery!.at - 0.1);
  const items = new OutputItems();
  expect(items.sync(recordOf(entries, [first]))).toBe(true);
  // The program's answer to the message is printed after it, though it may come here first.
  const later = [
    first,
    print('lamp', 'light is on', delivery!.at + 0.1),
  ];
  expect(items.sync(recordOf(entries, later))).toBe(true);
  expect(textOf(items)).toEqual(['sensor prints publishing', 'gets on', 'lamp prints light is on']);
  expect(items.sync(recordOf(entries, later))).toBe(false);
  // The page has learnt that its clock was late.
  for (const line of later) line.at += 0.15;
  expect(items.sync(recordOf(entries, later))).toBe(true);
  expect(textOf(items)[0]).toBe('gets on');
}); // prettier-ignore

test('what was printed in the very moment of a message stands behind it, whichever came first', async () => {
  const entries = await record([], async (stage) => {
    const lamp = stage.device('lamp');
    await lamp.subscribeAsync('lamp/#', { qos: 1 });
    const got = new Promise((resolve) => lamp.once('message', resolve));
    await lamp.publishAsync('lamp/state', 'on', { qos: 1 });
    await got;
  });
  const delivery = entries.find(
    (entry) =>
      entry.type === 'packet' && entry.direction === 'to-client' && entry.bytes[0]! >> 4 === 3,
  )!;
  const line = print('lamp', 'light is on', delivery.at - 1);
  const items = new OutputItems();
  items.sync(recordOf([], [line]));
  items.sync(recordOf(entries, [line]));
  line.at = delivery.at;
  items.sync(recordOf(entries, [line]));
  expect(textOf(items)).toEqual(['gets on', 'lamp prints light is on']);
  const others = new OutputItems();
  others.sync(recordOf([], [line]));
  others.sync(recordOf(entries, [line]));
  expect(textOf(others)).toEqual(['gets on', 'lamp prints light is on']);
});

test('a message that was dropped on its line has no receiver', async () => {
  const rule = {
    direction: 'to-client',
    kind: 'PUBLISH',
    action: { do: 'drop' },
  } as const;
  const entries = await record([rule], async (stage) => {
    const lamp = stage.wire('lamp');
    await lamp.connect('lamp');
    await lamp.subscribe('#');
    lamp.publish('a', 'lost').publish('a', 'heard');
    await lamp.next('publish');
  });
  const items = new OutputItems();
  items.sync(recordOf(entries));
  expect(textOf(items)).toEqual(['gets heard']);
});

test('keeps the newest and counts the others, printed ones that were never seen too', async () => {
  const entries = await record([], async (stage) => {
    const lamp = stage.wire('lamp');
    await lamp.connect('lamp');
    await lamp.subscribe('#');
    for (let i = 1; i <= 30; i += 1) lamp.publish('n', `${i}`);
    await lamp.ping();
  });
  const items = new OutputItems(20);
  items.sync(recordOf(entries, [], 7));
  expect(items.items).toHaveLength(18);
  expect(textOf(items).at(-1)).toBe('gets 30');
  expect(items.leftOut).toBe(12 + 7);
  items.sync({ ...recordOf([]), generation: 2 });
  expect(items.items).toEqual([]);
  expect(items.leftOut).toBe(0);
});

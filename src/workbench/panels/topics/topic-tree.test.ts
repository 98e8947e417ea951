import { expect, test } from 'vitest';
import { record } from '../../../../sandbox/testing/recording.ts';
import type { TraceEntry } from '../../../../sandbox/protocol/trace.ts';
import { TopicTree } from './topic-tree.ts';

const recordOf = (entries: TraceEntry[], generation = 1) => ({ generation, entries });
const seen = (tree: TopicTree) =>
  [...tree.all()].map(({ topic, count, retained, last }) => ({
    ...{ topic, count, retained },
    last: last && String(Buffer.from(last.payload)),
  }));

test('counts, last payloads and retained marks, level by level', async () => {
  const entries = await record([], async (stage) => {
    const sensor = stage.wire('sensor');
    await sensor.connect('sensor');
    await sensor.subscribe('home/+/temperature');
    sensor.publish('home/kitchen/temperature', '20', { retain: true });
    sensor.publish('home/kitchen/temperature', '21', { retain: true });
    sensor.publish('home/kitchen/light', 'on', { retain: true });
    sensor.publish('home/kitchen/light', '', { retain: true });
    sensor.publish('home', 'hello');
    sensor.publish('/home', 'a level without a name');
    await sensor.ping();
  });
  const tree = new TopicTree();
  expect(tree.sync(recordOf(entries))).toBe(true);
  expect(seen(tree)).toEqual([
    { topic: 'home', count: 1, retained: false, last: 'hello' },
    { topic: 'home/kitchen/temperature', count: 2, retained: true, last: '21' },
    { topic: 'home/kitchen/light', count: 2, retained: false, last: '' },
    { topic: '/home', count: 1, retained: false, last: 'a level without a name' },
  ]);
  const home = tree.root.children.get('home')!;
  expect([home.countBelow, home.children.get('kitchen')!.countBelow]).toEqual([5, 4]);
  expect(tree.topics).toBe(4);

  // What the broker says counts more than what the page has guessed.
  tree.holdOnly(new Set(['garden']));
  tree.hold('garden', new TextEncoder().encode('green'));
  expect(seen(tree).filter(({ retained }) => retained)).toEqual([
    { topic: 'garden', count: 0, retained: true, last: 'green' },
  ]);
  expect(tree.sync(recordOf([], 2))).toBe(true);
  expect([...tree.all()]).toEqual([]);
});

test('a message that goes twice is one; a dropped one is none', async () => {
  const rules = [
    { client: 'sensor', direction: 'to-broker', kind: 'PUBLISH', action: { do: 'drop' } },
  ] as const;
  const entries = await record([...rules], async (stage) => {
    const sensor = stage.wire('sensor');
    await sensor.connect('sensor');
    sensor.publish('a', 'lost');
    sensor.publish('b', 'once', { qos: 1, messageId: 1 });
    await sensor.next('puback');
    sensor.publish('b', 'once', { qos: 1, messageId: 1, dup: true });
    await sensor.next('puback');
  });
  const tree = new TopicTree();
  tree.sync(recordOf(entries));
  expect(seen(tree)).toEqual([{ topic: 'b', count: 1, retained: false, last: 'once' }]);
});

test('an alias stands for its topic, on its own line and way', async () => {
  const entries = await record([], async (stage) => {
    const sensor = stage.device('sensor5');
    await sensor.publishAsync('x', 'not 5.0');
  });
  const [opened] = entries;
  const packet = (n: number, line: number, hex: string): TraceEntry => ({
    ...{ type: 'packet', n, at: n, line, direction: 'to-broker', version: 5, fate: 'passed' },
    bytes: new Uint8Array(Buffer.from(hex, 'hex')),
  });
  const tree = new TopicTree();
  // PUBLISH to "t" with alias 1, then to alias 1 alone; another line's alias 1 is unknown.
  tree.sync(
    recordOf([
      { ...opened!, n: 1 },
      packet(2, 1, '3008000174032300' + '0131'),
      packet(3, 1, '3007000003230001' + '32'),
      packet(4, 2, '3007000003230001' + '33'),
    ]),
  );
  expect(seen(tree)).toEqual([{ topic: 't', count: 2, retained: false, last: '2' }]);
});

test('says what it left out', async () => {
  const entries = await record([], async (stage) => {
    const sensor = stage.wire('sensor');
    await sensor.connect('sensor');
    for (let i = 1; i <= 30; i += 1) sensor.publish(`n/${i}`, 'x');
    for (let i = 1; i <= 30; i += 1) sensor.publish(`n/${i}`, 'y');
    await sensor.ping();
  });
  const tree = new TopicTree(10);
  tree.sync(recordOf(entries));
  expect(tree.topics).toBe(10);
  expect(tree.leftOut).toBe(40);
  expect(tree.root.children.get('n')!.countBelow).toBe(20);
});

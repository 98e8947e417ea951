/** What the page makes of a trace with two brokers: columns, rows, arrows, the stage, the past. */
import { beforeAll, expect, test } from 'vitest';
import { createBroker } from '../../../sandbox/engine/builtin/index.ts';
import type { PacketEntry, TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { Room } from '../../../sandbox/room/room.ts';
import { roomClient } from '../../../sandbox/testing/room-client.ts';
import { packetsSeen, untilSeen } from '../../../sandbox/testing/seen.ts';
import { rowDrawing } from '../panels/wire/row-drawing.ts';
import { WireRows } from '../panels/wire/wire-rows.ts';
import { sentenceOf } from '../panels/wire/describe.ts';
import { RebuiltBrokers } from '../rebuilt/brokers.ts';
import { castOf } from '../stage/cast.ts';
import { Stage } from '../stage/stage.ts';
import { ClientLines, readPacket } from './clients.ts';
import { rowOf } from './packet-rows.ts';

const open = 'listener 1883\nallow_anonymous true\n';
const words = (key: string, values: Record<string, string | number> = {}) =>
  [key, ...Object.values(values)].join(' ');
let entries: TraceEntry[];

beforeAll(async () => {
  const room = new Room({ code: 'two', engine: createBroker });
  try {
    await room.reset({
      'mosquitto.conf': `${open}connection up\naddress cloud:1883\ntopic a/# both 1\n`,
      'cloud/mosquitto.conf': open,
    });
    await untilSeen(room, () => packetsSeen(room).some(({ packet }) => packet.kind === 'SUBACK'));
    const join = async (name: string, host?: string) => {
      const target = { port: 1883, protocol: 'mqtt', ...(host && { host }) } as const;
      const client = roomClient(room, { role: 'device', name, target });
      client.acknowledges = true;
      await client.connect(name);
      return client;
    };
    const phone = await join('phone', 'cloud');
    await phone.subscribe('a/out', 1);
    const sensor = await join('sensor');
    await sensor.deliver('a/out', 'to the cloud', 1);
    await phone.next('publish');
    await sensor.subscribe('a/in', 1);
    await phone.deliver('a/in', 'to the house', 1, { retain: true });
    await sensor.next('publish');
    entries = [...room.trace.all()];
  } finally {
    await room.close('stopping');
  }
});

const trace = () => {
  const rows = new WireRows();
  rows.sync({ generation: 1, entries, entriesLeftOut: 0 });
  return rows;
};
const published = (topic: string) =>
  entries.filter((entry): entry is PacketEntry => {
    const packet = entry.type === 'packet' ? readPacket(entry) : undefined;
    return packet?.kind === 'PUBLISH' && packet.topic === topic;
  });

test('the second broker has a life line between its clients and those of the house', () => {
  const { columns } = trace();
  expect(columns.all.map(({ name, on, isBroker }) => [name, on, isBroker])).toEqual([
    ['sensor', undefined, undefined],
    ['cloud', undefined, true],
    ['phone', 'cloud', undefined],
  ]);
});

test('each arrow goes from its sender to its receiver, over the bridge as well', () => {
  const rows = trace();
  const nameOf = (key: string) =>
    key === '' ? 'house' : rows.columns.all.find((column) => column.key === key)!.name;
  const way = (topic: string) =>
    published(topic).map((entry) => {
      const row = rows.rows.find(({ n }) => n === entry.n)!;
      const { picture, lives } = rowDrawing(row, rows, rows.columns.all, words);
      expect(lives[1]).toMatchObject({ before: 'broker', after: 'broker' });
      if (picture.type !== 'arrow') throw new Error('no arrow');
      const ends = [nameOf(picture.column), nameOf(picture.broker)];
      return (picture.toBroker ? ends : ends.reverse()).join(' > ');
    });
  expect(way('a/out')).toEqual(['sensor > house', 'house > cloud', 'cloud > phone']);
  expect(way('a/in')).toEqual(['phone > cloud', 'cloud > house', 'house > sensor']);
});

test('a sentence and a row name the second broker where it is that one', () => {
  const rows = trace();
  const [, bridged] = published('a/out');
  const row = rows.rows.find(({ n }) => n === bridged!.n)!;
  const route = 'wire-panel.route.between workbench.broker.house workbench.broker.cloud';
  expect(sentenceOf(row, rows, words)).toContain(route);
  const lines = new ClientLines();
  for (const entry of entries) lines.add(entry);
  const said = published('a/out').map((entry) => rowOf(entry, lines, words));
  expect(said.map(({ client, broker }) => [client, broker])).toEqual([
    ['sensor', undefined],
    ['house', 'cloud'],
    ['phone', 'cloud'],
  ]);
});

test('on the stage the second broker has a cable to the house, and clients of its own', () => {
  const stage = new Stage(castOf(['sensor', 'phone'], [], true));
  const names = () => {
    const { left, right, cloud } = stage.clients();
    return [left, right, cloud!].map(({ shown }) => shown.map(({ name }) => name));
  };
  expect(names()).toEqual([['sensor'], ['phone', 'cloud'], []]);
  stage.sync({ generation: 1, entries }, { now: 0, mode: 'still' });
  expect(names()).toEqual([['sensor'], ['cloud'], ['phone']]);
  const cloud = stage.clients().right.shown[0]!;
  expect(cloud).toMatchObject({ isBroker: true, target: 'house' });
  expect(cloud.cable.status).toBe('connected');
  // What the cloud has received: the message, and that the bridge is there.
  expect(cloud.cable.received).toMatchObject({ count: 2, topic: 'a/out' });
  const alone = new Stage(castOf(['sensor'], []));
  expect(alone.clients().cloud).toBeUndefined();
});

test('what each broker held is told apart in the past', () => {
  const brokers = new RebuiltBrokers();
  for (const entry of entries) brokers.add(entry);
  const { clients, retained, cloud } = brokers.stateAt(entries.at(-1)!.at);
  expect(clients.map(({ clientId }) => clientId)).toEqual(['sensor']);
  expect(retained).toEqual([]);
  expect(cloud!.clients.map(({ clientId }) => clientId).sort()).toEqual(['house.up', 'phone']);
  expect(cloud!.retained.map(({ topic }) => topic)).toContain('a/in');
});

/**
 * Three processes behind HAProxy (`npm test` unpacks it; skipped without): rooms, classes, and processes that die.
 * `deploy/haproxy-processes.cfg` is what routes.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Duplex } from 'readable-stream';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createWebSocketStream, WebSocket } from 'ws';
import type { RoomResponse } from '../protocol/api.ts';
import { processOf } from '../rooms/address.ts';
import { haproxy } from '../testing/haproxy.ts';
import { MqttClient } from '../testing/mqtt-client.ts';
import { numbers, startProcesses, type Processes } from '../testing/processes.ts';
import { memoryStore } from '../../src/workbench/store/drafts.ts';
import { recordRoom } from '../../src/workbench/room/testing/room-recorder.ts';
import { ServerRoom } from '../../src/workbench/room/server-room.ts';
import { Device, type PageRoom } from './classroom/testing/class-server.ts';

let course: Processes;
const ends: (() => unknown)[] = [];
const page = (): Device => {
  const device = new Device(course.origin);
  ends.push(() => device.close());
  return device;
};
type Way = 'websocket' | 'tcp' | 'tls';

const make = async (from = page()): Promise<RoomResponse> => {
  const made = await from.post('/api/rooms', { exercise: 'a/one' });
  expect(made.status).toBe(200);
  return made as unknown as RoomResponse;
};
const numberOf = ({ code }: Pick<RoomResponse, 'code'>): number => processOf(code)!;
const look = async ({ address }: RoomResponse): Promise<number> =>
  (await page().fetch(`/api/rooms/${address}`)).status;

function client(way: Way, address: string, version = 4): MqttClient {
  const { origin, mqttPort, tlsPort, ca } = course;
  const host = '127.0.0.1';
  const socket =
    way === 'websocket'
      ? createWebSocketStream(new WebSocket(`${origin.replace('http', 'ws')}/mqtt/${address}`, 'mqtt')) // prettier-ignore
      : way === 'tcp'
        ? connect(mqttPort, host)
        : connectTls({ port: tlsPort, host, ca });
  ends.push(() => socket.destroy());
  socket.on('error', () => {});
  return new MqttClient(socket as unknown as Duplex, version);
}
/** The code of CONNACK; null if the connection is closed without one. */
async function enter(one: MqttClient, username: string): Promise<number | null> {
  one.send(one.connectPacket('c', { username }));
  const packet = await one.nextOrEnd('connack');
  return packet && (one.version === 5 ? packet.reasonCode : packet.returnCode);
}
/** Whether what it publishes comes back from the room's broker. */
async function echoes(one: MqttClient, text: string): Promise<void> {
  await one.deliver('t', text, 1);
  expect(String((await one.next('publish')).payload)).toBe(text);
}

beforeAll(async () => {
  if (haproxy) course = await startProcesses();
}, 60_000);
afterAll(() => course?.end());
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) end();
  // Also after a test that failed.
  if (haproxy) for (const number of numbers) await course.begin(number);
});

/** A page with its room, its viewer's stream, and a client of the room. */
interface Seat {
  room: RoomResponse;
  viewer: PageRoom;
  one: MqttClient;
}
async function sit(n: number): Promise<Seat> {
  const from = page();
  const room = await make(from);
  const viewer = await from.watch(room);
  const one = client(n % 2 ? 'websocket' : 'tcp', room.address, n % 3 ? 4 : 5);
  expect(await enter(one, room.address)).toBe(0);
  await one.subscribe('t');
  await echoes(one, `hello ${n}`);
  return { room, viewer, one };
}

describe.skipIf(!haproxy)('three processes behind HAProxy', { timeout: 120_000 }, () => {
  test('each way into a room leads to the process that has it', async () => {
    const found = new Set<number>();
    while (found.size < numbers.length) {
      const { room } = await sit(found.size);
      found.add(numberOf(room));
      for (const way of ['websocket', 'tcp', 'tls'] as const)
        for (const version of way === 'websocket' ? [4, 5] : [3, 4, 5])
          expect([way, version, await enter(client(way, room.address, version), room.address)]).toEqual([way, version, 0]); // prettier-ignore
      expect([room.tcpPort, room.tlsPort]).toEqual([course.mqttPort, course.tlsPort]);
      expect(await look(room)).toBe(200);
    }
    // A user of the room's own, and a CONNECT that comes in pieces.
    const { room } = await sit(0);
    const one = client('tcp', room.address);
    const { stream } = one;
    await once(stream, 'connect');
    const whole = Buffer.from((await import('mqtt-packet')).generate(one.connectPacket('c', { username: `${room.address}:al-2-x` }) as never)); // prettier-ignore
    for (const byte of whole)
      await new Promise((resolve) => stream.write(Buffer.of(byte), resolve));
    expect(await one.next('connack')).toMatchObject({ returnCode: 0 });
  });

  test('a number that no process has, no number and no name are refused', async () => {
    for (const name of [
      'brave-otter-77-x7k2m9q4wd',
      'brave-otter-x7k2m9q4wd',
      'brave-otter-3-x7k2m9q4wd',
    ])
      for (const way of ['websocket', 'tcp', 'tls'] as const)
        expect([name, way, await enter(client(way, name), name)]).toEqual([name, way, 5]);
    expect((await page().fetch('/api/rooms/brave-otter-77-x7k2m9q4wd')).status).toBe(404);
    expect((await page().fetch('/metrics')).status).toBe(404);
  });

  test('sixty rooms, and a process that only has rooms is killed: the others notice nothing', async () => {
    const seats: Seat[] = [];
    for (let n = 0; n < 60; n++) seats.push(await sit(n));
    const held = (number: number) => seats.filter(({ room }) => numberOf(room) === number);
    // The fewest connections, of which each seat has as many: about twenty each.
    for (const number of numbers) expect(held(number).length).toBeGreaterThanOrEqual(10);
    const dead = held(2);
    const others = seats.filter((seat) => !dead.includes(seat));
    await course.kill(2);
    await Promise.all(dead.map(({ viewer }) => viewer.closed));
    await Promise.all(dead.map(({ one }) => one.holds(() => false, '')));
    await Promise.all(others.map(({ one }, n) => echoes(one, `still here ${n}`)));

    // To a page its room is gone, so that it makes another; a client of MQTT is refused with a code.
    for (const { room } of dead) await expect.poll(() => look(room)).toBe(404);
    for (const [n, { room }] of dead.entries())
      for (const way of ['websocket', 'tcp', 'tls'] as const)
        expect(await enter(client(way, room.address, n % 2 ? 4 : 5), room.address)).toBe(n % 2 ? 5 : 0x87); // prettier-ignore
    const anew = await Promise.all(dead.map((_, n) => sit(n)));
    for (const { room } of anew) expect([1, 3]).toContain(numberOf(room));

    await course.begin(2);
    // It is the one with the fewest connections.
    await expect.poll(async () => numberOf((await sit(0)).room)).toBe(2);
    for (const { room } of dead) expect(await look(room)).toBe(404);
    await Promise.all([...others, ...anew].map(({ one }, n) => echoes(one, `to the end ${n}`)));
    for (const { one } of [...others, ...anew]) expect(one.closed).toBe(false);
  });

  test('a page whose process has died has a new room by itself, in another process', async () => {
    const { origin } = course;
    let room: ServerRoom;
    do room = new ServerRoom({ exercise: 'a/one', origin, store: memoryStore() });
    while ((ends.push(() => room.dispose()), numberOf(await room.connect())) !== 3);
    const { seen, until } = recordRoom(room);
    await course.kill(3);
    await until(() => seen.rooms.includes('replaced') && room.status === 'live');
    expect(numberOf(room.info!)).not.toBe(3);
    expect(await room.reset()).toBe(2);
  });

  test('who is in a class has rooms in the first process; who joins with one elsewhere gets another', async () => {
    const teacher = page();
    expect((await teacher.post('/api/class/teacher', { secret: course.secret })).status).toBe(200);
    const made = await teacher.post('/api/class/classes', { language: 'en' });
    const [{ code }] = made['classes'] as [{ id: string; code: string }];
    const mei = page();
    let room = await make(mei);
    // A room alone is no connection: watched, it moves the next one to another process.
    for (; numberOf(room) === 1; room = await make(mei)) await mei.watch(room);
    await (
      await mei.watch(room)
    ).welcome;
    expect((await mei.post('/api/class/join', { code, name: 'Mei' })).status).toBe(200);
    // Her page's stream was closed by then; what it asks now decides that it makes a new one.
    await expect(mei.watch(room)).rejects.toThrow('closed');
    expect((await mei.fetch(`/api/rooms/${room.address}?key=${room.watchKey}`)).status).toBe(404);
    for (let n = 0; n < 6; n++) {
      const own = await make(mei);
      expect(numberOf(own)).toBe(1);
      await mei.watch(own);
    }
    expect((await mei.fetch('/ca.crt')).status).toBe(200);
  });

  test('while the first process is away, a class waits, and everybody else goes on', async () => {
    const mei = page();
    mei.cookies.set('retained-member-00000000', 'any');
    const other = await sit(0);
    const elsewhere: Seat[] = [];
    while (elsewhere.length < 2) {
      const seat = await sit(elsewhere.length);
      if (numberOf(seat.room) !== 1) elsewhere.push(seat);
    }
    await course.kill(1);
    await expect.poll(async () => (await page().fetch('/api/class/kept')).headers.get('retry-after')).toBe('1'); // prettier-ignore
    const answer = await mei.post('/api/rooms', { exercise: 'a/one' });
    expect([answer.status, answer['error']]).toEqual([503, 'server-full']);
    expect((await mei.fetch(`/api/rooms/${other.room.address}`)).status).toBe(503);
    await Promise.all(elsewhere.map(({ one }, n) => echoes(one, `still here ${n}`)));
    expect(numberOf((await sit(1)).room)).not.toBe(1);
    await course.begin(1);
    await expect.poll(async () => (await page().fetch('/api/class/kept')).status).toBe(200);
    expect(numberOf(await make(mei))).toBe(1);
  });
});

/** One process of several: what it answers to addresses of the others, and what it leaves to the first. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'readable-stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWebSocketStream, WebSocket } from 'ws';
import type { RoomResponse } from '../protocol/api.ts';
import { MqttClient } from '../testing/mqtt-client.ts';
import { start, type RunningServer, type StartOptions } from './main.ts';

const host = '127.0.0.1';
const exercise = { devices: [], scene: {}, checks: [] };
/** Of another process; and of this one, but of no room. */
const [elsewhere, nowhere] = ['brave-otter-3-x7k2m9q4wd', 'brave-otter-2-x7k2m9q4wd'];
const guesses = 3;

let folder: string;
let running: RunningServer;
/** @param process null: the course is one process */
const begin = async (
  more: Partial<StartOptions> = {},
  process: number | null = 2,
): Promise<RunningServer> =>
  (running = await start({
    exercises: { get: () => Promise.resolve(exercise) },
    ...{ site: folder, data: join(folder, 'data'), host, port: 0, mqttPort: 0, tlsPort: 0 },
    limits: { wrongRoomAddresses: guesses, wrongRoomAddressesMs: 600_000 },
    ...(process !== null && { process }),
    ...more,
  }));
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'retained-elsewhere-'))));
afterEach(async () => {
  await running.stop();
  await rm(folder, { recursive: true });
});

const url = (path: string, scheme = 'http'): string => `${scheme}://${host}:${running.port}${path}`;
const look = async (address: string): Promise<number> =>
  (await fetch(url(`/api/rooms/${address}`))).status;
async function watch(address: string): Promise<string> {
  const socket = new WebSocket(url(`/watch/${address}?key=0123456789`, 'ws'));
  const result = await once(socket, 'open').then(
    () => 'open',
    (error: Error) => error.message,
  );
  socket.terminate();
  return result;
}
/** The code of CONNACK; null if the connection is closed without one. */
async function enter(client: MqttClient, username: string): Promise<number | null> {
  client.send(client.connectPacket('c', { username }));
  const packet = await client.nextOrEnd('connack');
  client.stream.destroy();
  return packet && (client.version === 5 ? packet.reasonCode : packet.returnCode);
}
const overTcp = (address: string, version: number): Promise<number | null> =>
  enter(new MqttClient(connect(running.mqttPort, host) as unknown as Duplex, version), address);
async function overWebSocket(address: string): Promise<number | null> {
  const socket = new WebSocket(url(`/mqtt/${address}`, 'ws'), 'mqtt');
  return enter(new MqttClient(createWebSocketStream(socket) as unknown as Duplex), address);
}

test('an address of another process is wrong here each time it is asked for, and is no guess', async () => {
  await begin();
  for (let n = 0; n <= guesses; n++) {
    expect(await look(elsewhere)).toBe(404);
    expect(await watch(elsewhere)).toContain('404');
    expect(await overWebSocket(elsewhere)).toBe(5);
    for (const [version, code] of [
      [3, 5],
      [4, 5],
      [5, 0x87],
    ] as const)
      // prettier-ignore
      expect(await overTcp(elsewhere, version)).toBe(code);
  }
  // Nothing of it has counted; what is of this process, or of none, counts.
  for (let n = 0; n < guesses; n++) expect(await look(n === 0 ? 'brave-otter-x7k2m9q4wd' : nowhere)).toBe(404); // prettier-ignore
  expect(await look(nowhere)).toBe(429);
  expect(await overTcp(nowhere, 4)).toBeNull();
  expect(await watch(nowhere)).toContain('hang up');
  expect(await look(elsewhere)).toBe(404);
  expect(await overTcp(elsewhere, 4)).toBe(5);
});

test('a course that is one process takes each wrong address for a guess', async () => {
  await begin({}, null);
  for (let n = 0; n < guesses; n++) expect(await look(elsewhere)).toBe(404);
  expect(await look(elsewhere)).toBe(429);
});

test('the open room is no way around a wrong number', async () => {
  await begin({ openRoom: 'class' });
  expect(await overTcp(elsewhere, 4)).toBe(5);
  expect(await overTcp('anybody', 4)).toBe(0);
});

test('a page is told the ports where the proxy listens', async () => {
  await begin({ publicMqttPort: 1883, publicTlsPort: 8883 });
  const answer = await fetch(url('/api/rooms'), { method: 'POST', body: '{"exercise":"a/b"}' });
  const room = (await answer.json()) as RoomResponse;
  expect(room).toMatchObject({ tcpPort: 1883, tlsPort: 8883 });
  expect(room.code).toMatch(/-2$/);
  expect(running.mqttPort).not.toBe(1883);
});

test.each([
  [1, true],
  [2, false],
  [99, false],
])('process %i has classes: %s', async (process, has) => {
  await begin({}, process);
  const { status } = await fetch(url('/api/class/kept'));
  expect([status, running.teacherSecret !== null]).toEqual(has ? [200, true] : [503, false]);
  expect(running.whyNoClasses).toBe(has ? '' : 'Process 1 of this course has its classes.');
});

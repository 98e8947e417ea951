/** The whole sandbox as a host starts it, seen by Debian's programs and by browsers' protocols. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { certificates } from './tls/certificates.ts';
import { start, type RunningServer, type StartOptions } from './main.ts';
import { roomClient } from '../testing/room-client.ts';

let folder: string;
let running: RunningServer | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'retained-main-'));
  await mkdir(join(folder, 'site'));
  await writeFile(join(folder, 'site', 'index.html'), '<title>Retained</title>');
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await rm(folder, { recursive: true });
});

async function begin(options: Partial<StartOptions> = {}): Promise<RunningServer> {
  const exercise = { devices: [], scene: {}, checks: [] };
  const exercises = { get: () => Promise.resolve(exercise) };
  const ports = { port: 0, mqttPort: 0, tlsPort: 0, host: '127.0.0.1' };
  running = await start({ exercises, site: join(folder, 'site'), ...ports, ...options });
  return running;
}

/** Exit status of a program; `missing` where the machine has none. */
const exit = (program: string, ...args: string[]): Promise<number | 'missing'> =>
  new Promise((resolve) => {
    execFile(program, args, { timeout: 10_000 }, (error) => {
      if (!error) resolve(0);
      else resolve(error.code === 'ENOENT' ? 'missing' : Number(error.code));
    });
  });
const hasMosquitto = (await exit('mosquitto_pub', '--help')) !== 'missing';
const publish = (port: number, ...args: string[]): Promise<number | 'missing'> =>
  exit(
    'mosquitto_pub',
    '-h',
    'localhost',
    '-p',
    `${port}`,
    '-t',
    'a/b',
    '-m',
    'hi',
    '-q',
    '1',
    ...args,
  );

/** What mosquitto_pub exits with where CONNACK says 5, and where the line or its TLS fails. */
const NOT_AUTHORISED = 5;

describe.skipIf(!hasMosquitto)("Debian's mosquitto_pub", () => {
  test('comes in over TLS with the authority that the page gives away, and not without it', async () => {
    const { port, tlsPort, rooms } = await begin({ data: join(folder, 'data') });
    const answer = await fetch(`http://127.0.0.1:${port}/ca.crt`);
    expect(answer.headers.get('content-disposition')).toContain('ca.crt');
    const cafile = join(folder, 'ca.crt');
    await writeFile(cafile, await answer.text());
    const { room, address } = await rooms.create('a/b');
    await room.ready();
    const listener = roomClient(room);
    await listener.connect('listener');
    await listener.subscribe('a/#');
    expect(await publish(tlsPort!, '--cafile', cafile, '-u', address)).toBe(0);
    expect(String((await listener.next('publish')).payload)).toBe('hi');
    expect(await publish(tlsPort!, '--capath', '/etc/ssl/certs', '-u', address)).not.toBe(0);
    expect(listener.texts()).toEqual([]);
  });

  test('names its room in its user name, and is refused without a room or with a wrong key', async () => {
    const { mqttPort, rooms } = await begin();
    const { room, address } = await rooms.create('a/b');
    await room.ready();
    expect(await publish(mqttPort, '-u', address)).toBe(0);
    expect(await publish(mqttPort, '-u', address.toUpperCase())).toBe(0);
    expect(await publish(mqttPort)).toBe(NOT_AUTHORISED);
    expect(await publish(mqttPort, '-u', `${address.slice(0, -10)}0000000000`)).toBe(
      NOT_AUTHORISED,
    );
    expect(await publish(mqttPort, '-u', 'nobody-knows-0000000000', '-V', '5')).not.toBe(0);
  });

  test('gets into the open room without a user name, or with one of its own', async () => {
    const { mqttPort, rooms } = await begin({ openRoom: 'class' });
    const listener = roomClient(rooms.open!);
    await listener.connect('listener');
    await listener.subscribe('a/#');
    expect(await publish(mqttPort)).toBe(0);
    expect(await publish(mqttPort, '-u', 'pico')).toBe(0);
    const { address } = await rooms.create('a/b');
    expect(await publish(mqttPort, '-u', `${address} `)).toBe(0);
    for (const mistyped of [address.slice(0, -1), address.slice(0, -11), `${address}x`])
      expect(await publish(mqttPort, '-u', mistyped)).toBe(NOT_AUTHORISED);
    await listener.ping();
    expect(listener.texts()).toEqual(['hi', 'hi']);
  });
});

test("the host's own certificate serves pages, WebSockets and TLS", async () => {
  const made = await certificates(join(folder, 'own'), ['localhost', '127.0.0.1']);
  const own = { cert: join(folder, 'own', 'server.crt'), key: join(folder, 'own', 'server.key') };
  const { port, tlsPort, rooms, secure } = await begin({ certificate: own });
  expect(secure).toBe(true);
  const ca = made.ca!;
  const status = (path: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const request = get({ host: 'localhost', port, path, ca, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on('error', reject);
    });
  expect(await status('/')).toBe(200);
  // There is no authority of ours to give away.
  expect(await status('/ca.crt')).toBe(404);
  const { room, address } = await rooms.create('a/b');
  await room.ready();
  const options = { ca, reconnectPeriod: 0, timerVariant: 'native' } as const;
  for (const [url, more] of [
    [`wss://localhost:${port}/mqtt/${address}`, {}],
    [`mqtts://localhost:${tlsPort}`, { username: address }],
  ] as const) {
    const client = await mqtt.connectAsync(url, { ...options, ...more });
    await client.publishAsync('a/b', 'hi', { qos: 1 });
    await client.endAsync();
  }
  const opened = room.trace.all().filter((entry) => entry.type === 'line-opened');
  expect(opened.map(({ transport }) => transport)).toEqual(['websocket', 'tls']);
});

test('a room is the Mosquitto that its host chooses', async () => {
  const { mqttPort, rooms } = await begin({ mosquitto: '2.1.2' });
  const { address } = await rooms.create('a/b');
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${mqttPort}`, {
    username: address,
    reconnectPeriod: 0,
  });
  const told = new Promise((resolve) => {
    client.on('message', (_topic, payload) => resolve(String(payload)));
  });
  await client.subscribeAsync('$SYS/broker/version');
  expect(await told).toBe('mosquitto version 2.1.2');
  await client.endAsync();
});

import { once as onceOf } from 'node:events';
import type { IClientOptions, MqttClient } from 'mqtt';
import { afterEach, describe, expect, test } from 'vitest';
import { setUser } from '../mosquitto/auth/passwd-edit.ts';
import { hashText } from '../mosquitto/auth/make-hash.ts';
import { factsOf } from '../mosquitto/conf/changes.ts';
import { usualMosquitto } from '../protocol/mosquitto.ts';
import type { WatchMessage } from '../protocol/api.ts';
import type { BrokerFiles } from '../protocol/exercise.ts';
import type { BrokerState } from '../protocol/state.ts';
import type { LogEntry } from '../protocol/trace.ts';
import { transports, type TestRoom, type TestServer } from '../testing/transports.ts';

const once = (client: MqttClient, event: string): Promise<any[]> =>
  onceOf(client as unknown as NodeJS.EventEmitter, event);

/** The return code of CONNACK, or `closed` where the line ended without one. */
function knock(room: TestRoom, options: IClientOptions = {}): Promise<number | 'closed'> {
  const client = room.client(options);
  return new Promise((resolve) => {
    client.on('connect', () => resolve(0));
    client.on('error', (error) => {
      resolve('code' in error && typeof error.code === 'number' ? error.code : 'closed');
    });
    client.on('close', () => resolve('closed'));
  });
}

const users = (): string => {
  const made = setUser(
    '',
    'alice',
    hashText('secret', { iterations: 10 }, factsOf(usualMosquitto)),
  );
  if (!('text' in made)) throw new Error(made.error);
  return made.text;
};
const noAnonymous: BrokerFiles = {
  'mosquitto.conf': 'listener 1883\nallow_anonymous false\npassword_file /etc/mosquitto/passwd\n',
};

let server: TestServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const [, , tcp] = transports;
const open = async (files?: BrokerFiles): Promise<TestRoom> => {
  server = await tcp!.start();
  return server.open({ scene: files ? { files } : {} });
};

describe('a room with a mosquitto.conf, over TCP', () => {
  test('asks for its own users, beside the address', async () => {
    const room = await open({ ...noAnonymous, passwd: users() });
    expect(await knock(room)).toBe(5);
    expect(await knock(room, { username: 'alice', password: 'wrong' })).toBe(5);
    expect(await knock(room, { username: 'bob', password: 'secret' })).toBe(5);
    expect(await knock(room, { username: 'alice', password: 'secret' })).toBe(0);
    expect(room.room.state.clients.map(({ userName }) => userName)).toEqual(['alice']);
  });

  test('does not start while its user may not read the passwords', async () => {
    const files = { ...noAnonymous, passwd: users() };
    const room = await open({ ...files, modes: { passwd: 'root:root 600' } });
    expect(await knock(room, { username: 'alice', password: 'secret' })).toBe('closed');
    await room.room.reset({ ...files, modes: { passwd: 'root:mosquitto 640' } });
    expect(await knock(room, { username: 'alice', password: 'wrong' })).toBe(5);
    expect(await knock(room, { username: 'alice', password: 'secret' })).toBe(0);
  });

  test('keeps its key out of the trace', async () => {
    const room = await open({ ...noAnonymous, passwd: users() });
    await knock(room, { username: 'alice', password: 'secret' });
    const key = room.address.slice(-10);
    const bytes = room.room.trace.all().flatMap((entry) => ('bytes' in entry ? [entry.bytes] : []));
    expect(bytes.length).toBeGreaterThan(0);
    expect(Buffer.concat(bytes).includes(key)).toBe(false);
  });

  test('restarts with other files, and everybody has to come again', async () => {
    const room = await open({ ...noAnonymous, passwd: users() });
    const alice = room.client({ username: 'alice', password: 'secret' });
    await once(alice, 'connect');
    const closed = once(alice, 'close');
    await room.room.reset({ 'mosquitto.conf': 'listener 1883\nallow_anonymous true\n' });
    await closed;
    expect(await knock(room)).toBe(0);
  });

  test('does not start with a mistake: no listener, and Mosquitto’s own words', async () => {
    const room = await open();
    const messages: WatchMessage[] = [];
    room.room.watch({ binary() {}, message: (each) => messages.push(each), unsent: () => 0 }, { run: 0, n: 1 }); // prettier-ignore
    await room.room.reset({ 'mosquitto.conf': '# mine\nallow_anonimous true\n' });
    expect(messages.find(({ type }) => type === 'files')).toMatchObject({
      started: false,
      problems: [{ line: 2, severity: 'error' }],
    });
    const log = room.room.trace.all().filter((entry): entry is LogEntry => entry.type === 'log');
    expect(log.map(({ text }) => text).join('\n')).toContain(
      'Unknown configuration variable "allow_anonimous".',
    );
    expect(await knock(room)).toBe('closed');
    expect(room.room.trace.all().at(-1)).toMatchObject({
      type: 'line-refused',
      refusal: 'not-running',
    });
  });

  test('is local only without a listener: a client of this machine comes in', async () => {
    const room = await open({ 'mosquitto.conf': 'max_qos 2\n' });
    expect(await knock(room)).toBe(0);
  });

  test.each<[string, BrokerState['listeners']]>([
    ['', [{ port: 1883, from: ['localhost'] }]],
    ['listener 1883\n', [{ port: 1883, from: ['localhost', 'network'] }]],
    ['listener 1883 localhost\n', [{ port: 1883, from: ['localhost'] }]],
    ['listener\n', []],
  ])('says with %j who can reach it', async (conf, listeners) => {
    const room = await open({ 'mosquitto.conf': conf });
    await room.room.ready();
    expect(room.room.state.listeners).toEqual(listeners);
  });

  test('refuses packets above max_packet_size', async () => {
    const room = await open({
      'mosquitto.conf': 'listener 1883\nallow_anonymous true\nmax_packet_size 200\n',
    });
    const client = room.client({ protocolVersion: 5 });
    const [connack] = await once(client, 'connect');
    expect(connack.properties.maximumPacketSize).toBe(200);
    const told = once(client, 'disconnect');
    client.publish('t', 'x'.repeat(300));
    expect((await told)[0]).toMatchObject({ reasonCode: 0x95 });
  });

  test('lets no client read what the acl file does not name', async () => {
    const room = await open({
      'mosquitto.conf': 'listener 1883\nallow_anonymous true\nacl_file /etc/mosquitto/acl\n',
      acl: 'topic read open/#\ntopic write #\n',
    });
    const client = room.client();
    const heard: string[] = [];
    client.on('message', (topic) => heard.push(topic));
    await client.subscribeAsync('#', { qos: 1 });
    await client.publishAsync('secret/1', 'x', { qos: 1 });
    const last = once(client, 'message');
    await client.publishAsync('open/1', 'x', { qos: 1 });
    await last;
    expect(heard).toEqual(['open/1']);
  });
});

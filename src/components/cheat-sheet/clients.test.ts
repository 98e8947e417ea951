/** What the sheet says of three clients, run: the same packets must come from all of them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import type { Duplex } from 'readable-stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBroker } from '../../../sandbox/engine/builtin/index.ts';
import type { Packet, PacketKind } from '../../../sandbox/protocol/mqtt.ts';
import { Room } from '../../../sandbox/room/room.ts';
import { packetsSeen, untilSeen } from '../../../sandbox/testing/seen.ts';
import { installedPahoPython } from '../../../scripts/test/paho.ts';
import { languages, t } from '../../i18n/index.ts';
import { clientRows, optionRows, type ClientRow } from './clients.ts';

const row = (id: string): ClientRow => clientRows.find((one) => one.id === id)!;
let room: Room;
let server: Server;
let port: number;

beforeEach(async () => {
  room = new Room({
    code: 'sheet',
    engine: createBroker,
    exercise: { devices: [], scene: {}, checks: [] },
  });
  await room.reset();
  server = createServer((socket) => {
    socket.on('error', () => {});
    room.attach(socket as unknown as Duplex, {
      transport: 'tcp',
      role: 'outside',
      loopback: true,
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
  await room.close('stopping');
  server.close();
});

/** The first packet of a kind that a client sent, without what differs from run to run. */
async function sent<Kind extends PacketKind>(kind: Kind): Promise<Extract<Packet, { kind: Kind }>> {
  const found = await untilSeen(room, () =>
    packetsSeen(room).find(
      ({ packet, direction }) => packet.kind === kind && direction === 'to-broker',
    ),
  );
  return found.packet as Extract<Packet, { kind: Kind }>;
}

/** The rows of a 3.1.1 and of a 5.0 connection. */
const connections = {
  '3.1.1': ['client-id', 'user', 'keep-alive', 'keep-session', 'will'],
  '5.0': ['client-id', 'user', 'keep-alive', 'version', 'keep-session-5', 'will'],
} as const;
type Version = keyof typeof connections;

const words = (text: string) => text.split(' ').map((word) => word.replaceAll("'", ''));

interface Client {
  name: string;
  missing?: string;
  run(version: Version, call: 'publish' | 'subscribe'): Promise<void> | void;
  /** With no option at all. */
  plain(): Promise<void> | void;
}

/** What a test started and has to end. */
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
function start(program: string, args: string[]): void {
  const child = spawn(program, args, { stdio: 'ignore' });
  ends.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill();
    await once(child, 'exit');
  });
}

const mosquitto: Client = {
  name: 'mosquitto_pub and mosquitto_sub',
  ...(existsSync('/usr/bin/mosquitto_pub') ? {} : { missing: 'no mosquitto-clients' }),
  run(version, call) {
    const args = connections[version].flatMap((id) => words(row(id).mosquitto));
    const address = words(row('connect').mosquitto.replace('1883', String(port)));
    const program = `mosquitto_${call === 'publish' ? 'pub' : 'sub'}`;
    start(program, [...address, ...args, ...words(row(call).mosquitto)]);
  },
  plain: () => start('mosquitto_pub', ['-p', String(port), '-t', 'x', '-m', 'y']),
};

/** The options and calls are text on the sheet: they become a program here. */
const evaluate = (text: string, scope: Record<string, unknown>): unknown =>
  new Function(...Object.keys(scope), `return (${text});`)(...Object.values(scope));

const mqttJs: Client = {
  name: 'MQTT.js',
  run(version, call) {
    const options = evaluate(
      `{ ${connections[version].map((id) => row(id).mqttJs).join(', ')}, reconnectPeriod: 0 }`,
      {},
    ) as IClientOptions;
    const connect = row('connect').mqttJs.replace('1883', String(port)).replace('{ … }', 'options');
    const client = evaluate(connect, { mqtt, options }) as MqttClient;
    client.on('error', () => {});
    client.on('connect', () => void evaluate(row(call).mqttJs, { client }));
    ends.push(() => client.endAsync(true));
  },
  plain() {
    const client = mqtt.connect(`mqtt://localhost:${port}`);
    ends.push(() => client.endAsync(true));
  },
};

const python = installedPahoPython();
/** The arguments of the rows that are written `Client(…, x)` or `connect(…, x)`. */
const argumentsOf = (ids: readonly string[], called: string) =>
  ids
    .flatMap((id) => row(id).paho.split('\n'))
    .filter((line) => line.startsWith(`${called}(…, `))
    .map((line) => line.slice(`${called}(…, `.length, -1));
const linesOf = (ids: readonly string[], from: RegExp) =>
  ids.flatMap((id) => row(id).paho.split('\n')).filter((line) => from.test(line));
const paho: Client = {
  name: 'paho-mqtt',
  ...(python ? {} : { missing: 'no paho-mqtt 2' }),
  run(version, call) {
    const ids = connections[version];
    const connect = row('connect').paho.replace('1883', String(port)).slice(0, -1);
    const program = [
      'import paho.mqtt.client as mqtt',
      'from paho.mqtt.packettypes import PacketTypes',
      'from paho.mqtt.properties import Properties',
      `client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, ${argumentsOf(ids, 'Client').join(', ')})`,
      ...linesOf(ids, /^(client\.|p)/),
      `client.on_connect = lambda *all: ${row(call).paho}`,
      `${[connect, ...argumentsOf(ids, 'connect')].join(', ')})`,
      'client.loop_forever()',
    ];
    start(python!, ['-c', program.join('\n')]);
  },
  plain: () =>
    start(python!, [
      '-c',
      [
        'import paho.mqtt.client as mqtt',
        'client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)',
        `client.connect('localhost', ${port})`,
        'client.loop_forever()',
      ].join('\n'),
    ]),
};

const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString();

describe.each([mosquitto, mqttJs, paho])('$name', (client) => {
  test.skipIf(client.missing !== undefined).each(['3.1.1', '5.0'] as const)(
    'connects, publishes and subscribes as the sheet says, in MQTT %s',
    async (version) => {
      await client.run(version, 'publish');
      const { will, password, ...connect } = await sent('CONNECT');
      expect(connect).toMatchObject({
        version: version === '5.0' ? 5 : 4,
        clientId: 'lamp',
        userName: 'ann',
        keepAlive: 30,
        clean: false,
        ...(version === '5.0' && { properties: { sessionExpiryInterval: 3600 } }),
      });
      expect(text(password)).toBe('secret');
      expect({ ...will, payload: text(will?.payload) }).toMatchObject({
        topic: 'lamp/state',
        payload: 'off',
        qos: 1,
        retain: true,
      });
      const { payload, ...publish } = await sent('PUBLISH');
      expect(publish).toMatchObject({ topic: 'lamp/state', qos: 1, retain: true, dup: false });
      expect(text(payload)).toBe('on');

      for (const end of ends.splice(0)) await end();
      await client.run(version, 'subscribe');
      const { subscriptions } = await sent('SUBSCRIBE');
      expect(subscriptions).toHaveLength(1);
      expect(subscriptions[0]).toMatchObject({ filter: 'lamp/#', qos: 1 });
    },
  );

  test.skipIf(client.missing !== undefined)('without options: what the sheet says', async () => {
    await client.plain();
    // “else 3.1.1”, “else 60”, and no session is kept.
    expect(await sent('CONNECT')).toMatchObject({ version: 4, keepAlive: 60, clean: true });
  });
});

test.each(languages)('%s: each row and each option has its words', (language) => {
  for (const { id } of clientRows) expect(t(language, `cheat.do.${id}`)).not.toBe('');
  for (const { name } of optionRows) expect(t(language, `cheat.option.${name}`)).not.toBe('');
});

test('who knows an option is what the clients of the page know', () => {
  const of = Object.groupBy(optionRows, ({ group }) => group);
  expect(of.pub!.map(({ name }) => name)).toContain('-r');
  expect(of.sub!.map(({ name }) => name)).toContain('-v');
  expect(of.all!.map(({ name }) => name)).toEqual(['-d', '-L', '--cafile']);
});

/** The same rooms behind every transport: what the suite of `room.test.ts` runs over. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import type { Exercise } from '../protocol/exercise.ts';
import { certificates } from '../server/tls/certificates.ts';
import { listen } from '../server/listeners/listen.ts';
import { listenTcp, listenTls } from '../server/listeners/tcp.ts';
import { memoryPair } from '../room/memory-pair.ts';
import { listenWebSocket } from '../server/listeners/ws.ts';
import { makeListenerContext } from '../server/listener-context.ts';
import { createBroker } from '../engine/builtin/index.ts';
import type { RoomOptions } from '../room/room-options.ts';
import type { Room } from '../room/room.ts';
import { Rooms } from '../rooms/rooms.ts';

export interface TestRoom {
  room: Room;
  address: string;
  /** A real MQTT.js client in this room; it does not reconnect by default. */
  client(options?: IClientOptions): MqttClient;
}
export interface TestServer {
  rooms: Rooms;
  open(exercise?: Partial<Exercise>): Promise<TestRoom>;
  close(): Promise<void>;
}
export interface TestTransport {
  name: 'memory' | 'websocket' | 'tcp' | 'tls';
  start(options?: Partial<RoomOptions>): Promise<TestServer>;
}

const quiet: IClientOptions = { reconnectPeriod: 0, connectTimeout: 5000, timerVariant: 'native' };

function testServer(
  clientOf: (room: Room, address: string, options: IClientOptions) => MqttClient,
  close: () => Promise<void> | void,
  rooms: Rooms,
  exercises: Map<string, Exercise>,
): TestServer {
  const clients = new Set<MqttClient>();
  return {
    rooms,
    async open(exercise = {}) {
      const name = `test/${exercises.size}`;
      exercises.set(name, { devices: [], scene: {}, checks: [], ...exercise });
      const { room, address } = await rooms.create(name);
      await room.ready();
      return {
        room,
        address,
        client(more = {}) {
          const client = clientOf(room, address, { ...quiet, ...more });
          client.on('error', () => {});
          clients.add(client);
          return client;
        },
      };
    },
    async close() {
      await Promise.all([...clients].map((client) => client.endAsync(true)));
      await rooms.close();
      await close();
    },
  };
}

const roomsOf = (options: Partial<RoomOptions>): [Rooms, Map<string, Exercise>] => {
  const exercises = new Map<string, Exercise>();
  return [
    new Rooms(
      { get: async (name) => exercises.get(name) ?? null },
      { engine: createBroker, ...options },
    ),
    exercises,
  ];
};

const memory: TestTransport = {
  name: 'memory',
  async start(options = {}) {
    const [rooms, exercises] = roomsOf(options);
    const client = (room: Room, _address: string, clientOptions: IClientOptions): MqttClient =>
      new mqtt.MqttClient(() => {
        const [near, far] = memoryPair();
        const line = room.attach(far, { transport: 'memory', role: 'outside', loopback: true });
        if (typeof line === 'string') far.destroy();
        return near as never;
      }, clientOptions);
    return testServer(client, () => {}, rooms, exercises);
  },
};

const websocket: TestTransport = {
  name: 'websocket',
  async start(options = {}) {
    const [rooms, exercises] = roomsOf(options);
    const listener = listenWebSocket(makeListenerContext(rooms));
    const server: Server = createServer();
    server.on('upgrade', (request, socket, head) => listener.upgrade(request, socket, head));
    await listen(server, 0, '127.0.0.1');
    const { port } = server.address() as AddressInfo;
    const client = (_room: Room, address: string, clientOptions: IClientOptions) =>
      mqtt.connect(`ws://127.0.0.1:${port}/mqtt/${address}`, clientOptions);
    const close = () =>
      new Promise<void>((resolve) => {
        listener.close();
        server.close(() => resolve());
        server.closeAllConnections();
      });
    return testServer(client, close, rooms, exercises);
  },
};

/** A client of a socket listener says its room, and its own user there, in its user name. */
const bySocket =
  (url: string, more: IClientOptions = {}) =>
  (_room: Room, address: string, options: IClientOptions): MqttClient => {
    const own = options.username;
    const username = own === undefined ? address : `${address}:${own}`;
    return mqtt.connect(url, { ...options, ...more, username });
  };

const tcp: TestTransport = {
  name: 'tcp',
  async start(options = {}) {
    const [rooms, exercises] = roomsOf(options);
    const listener = await listenTcp(makeListenerContext(rooms), { port: 0, host: '127.0.0.1' });
    const client = bySocket(`mqtt://127.0.0.1:${listener.port}`);
    return testServer(client, () => listener.close(), rooms, exercises);
  },
};

const tls: TestTransport = {
  name: 'tls',
  async start(options = {}) {
    const [rooms, exercises] = roomsOf(options);
    const folder = await mkdtemp(join(tmpdir(), 'retained-tls-'));
    const made = await certificates(folder, ['localhost', '127.0.0.1']);
    const listener = await listenTls(makeListenerContext(rooms), made, {
      port: 0,
      host: '127.0.0.1',
    });
    // The client checks the certificate: it trusts the sandbox's authority only.
    const client = bySocket(`mqtts://127.0.0.1:${listener.port}`, { ca: made.ca! });
    const close = async () => {
      await listener.close();
      await rm(folder, { recursive: true });
    };
    return testServer(client, close, rooms, exercises);
  },
};

export const transports: readonly TestTransport[] = [memory, websocket, tcp, tls];

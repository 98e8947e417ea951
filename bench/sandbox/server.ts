/** A server under load, in a process of its own: the sandbox, or aedes as it comes. */
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { Aedes } from 'aedes';
import { WebSocketServer } from 'ws';
import { WebSocketStream } from '../../sandbox/server/listeners/ws-stream.ts';
import { waitedOf } from './waited.ts';
import { limitValues, type LimitValues } from '../../sandbox/shared/config.ts';
import type { RoomKeys } from '../../sandbox/rooms/rooms.ts';
import { start } from '../../sandbox/server/main.ts';
import lesson from '../../lessons/first-message/publish/exercise.ts';

/** Ports and rooms of one server. There are no `rooms` for plain aedes: there a port is a room. */
export interface Ready {
  tcp: number[];
  web: number;
  rooms: RoomKeys[];
}
export interface Usage {
  /** Microseconds of CPU, user and system, all threads. */
  cpu: number;
  rss: number;
  heap: number;
  /**
   * Microseconds that it could have run and others did: if that is much, delays are meaningless.
   */
  waited: number;
}
export type Ask = { ask: 'usage'; collect?: boolean } | { ask: 'rooms'; count: number };

/** Nothing here is about limits: they are as far away as they can be. */
const unlimited: Partial<LimitValues> = {
  ...Object.fromEntries(
    ['packetsPerSecond', 'packetsBurst', 'bytesPerSecond', 'bytesBurst', 'rooms', 'unusedRoomMs', 'lines', 'connectionsPerAddress', 'pendingConnectsPerAddress', 'linesPerRoom', 'roomsPerMinute'].map(
      (name) => [name, 1e9],
    ),
  ), // prettier-ignore
};

interface Served extends Ready {
  /** Makes more rooms; returns their keys. */
  more?: (count: number) => Promise<RoomKeys[]>;
}

async function sandbox(count: number): Promise<Served> {
  const exercises = {
    get: async (name: string) => ({
      devices: [],
      scene: {},
      checks: name === 'bench/checked' ? lesson.checks : [],
    }),
  };
  const running = await start({
    exercises,
    site: import.meta.dirname,
    host: '127.0.0.1',
    port: 0,
    mqttPort: 0,
    limits: { ...limitValues(), ...unlimited },
  });
  const more = async (wanted: number): Promise<RoomKeys[]> => {
    const rooms = [];
    for (let i = 0; i < wanted; i++) {
      const { room, ...keys } = await running.rooms.create(
        kind === 'checked' ? 'bench/checked' : 'bench/plain',
      );
      await room.ready();
      rooms.push(keys);
    }
    return rooms;
  };
  return { tcp: [running.mqttPort], web: running.port, rooms: await more(count), more };
}

/** One broker a port: what a room is to the sandbox. The first has a WebSocket, too. */
async function plain(count: number): Promise<Served> {
  const tcp: number[] = [];
  let web = 0;
  for (let i = 0; i < count; i++) {
    const broker = await Aedes.createBroker();
    const server = createServer({ noDelay: true }, (socket) => void broker.handle(socket));
    tcp.push(await listening(server));
    if (i > 0) continue;
    const http = createHttpServer();
    const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
    sockets.on('connection', (socket, request) => {
      void broker.handle(new WebSocketStream(socket, request.socket) as never);
    });
    web = await listening(http);
  }
  return { tcp, web, rooms: [] };
}

const listening = (server: ReturnType<typeof createServer>): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );

async function usage(collect: boolean): Promise<Usage> {
  for (let i = 0; collect && i < 4; i++) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  return { cpu: user + system, rss, heap: heapUsed, waited: waitedOf('self') };
}

const [kind, count] = process.argv.slice(2);
const server = await (kind === 'aedes' ? plain : sandbox)(Number(count));
const { tcp, web, rooms, more } = server;
process.on('message', async (message: Ask) => {
  if (message.ask === 'usage') process.send!(await usage(message.collect === true));
  else if (more) process.send!(await more(message.count));
});
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => process.exit());
process.send!({ tcp, web, rooms } satisfies Ready);

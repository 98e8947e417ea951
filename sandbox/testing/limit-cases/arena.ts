/** A whole server with tight limits: an attacked room, and a neighbour whose messages are timed. */
import { once } from 'node:events';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'readable-stream';
import { WebSocket } from 'ws';
import type { LimitName, LimitValues } from '../../shared/config.ts';
import type { LineInfo } from '../../line/line-info.ts';
import type { RoomKeys } from '../../rooms/rooms.ts';
import { start, type RunningServer } from '../../server/main.ts';
import type { WatchMessage } from '../../protocol/api.ts';
import type { Room } from '../../room/room.ts';
import { entriesOf, untilSeen } from '../seen.ts';
import { MqttClient } from '../mqtt-client.ts';
import { openStream } from '../open-stream.ts';
import { roomClient } from '../room-client.ts';
import { WebSocketStream } from '../../server/listeners/ws-stream.ts';

/** One limit: values that make it easy to hit, and a test that hits it. */
export interface LimitCase {
  limits: Partial<LimitValues>;
  hit(arena: Arena): Promise<void>;
}
export type LimitCases = Partial<Record<LimitName, LimitCase>>;

export const versions = [4, 5] as const;

/** What a page posts for a room. */
export const wanted = JSON.stringify({ exercise: 'lesson/exercise' });

export const refusal = async (response: Response): Promise<unknown> => [
  response.status,
  ((await response.json()) as { error: string }).error,
];

interface Viewer {
  socket: WebSocket;
  next(...types: WatchMessage['type'][]): Promise<WatchMessage>;
}

export class Arena {
  readonly running: RunningServer;
  readonly room: Room;
  readonly address: string;
  readonly watchKey: string;
  readonly #folder: string;
  readonly #clients: MqttClient[] = [];
  readonly #sockets: WebSocket[] = [];

  private constructor(running: RunningServer, room: Room, keys: RoomKeys, folder: string) {
    this.running = running;
    this.room = room;
    this.address = keys.address;
    this.watchKey = keys.watchKey;
    this.#folder = folder;
  }

  static async open(limits: Partial<LimitValues>): Promise<Arena> {
    const folder = await mkdtemp(join(tmpdir(), 'retained-limits-'));
    const exercise = { devices: [], scene: {}, checks: [] };
    const exercises = { get: async () => exercise };
    const host = '127.0.0.1';
    const big = join(folder, 'big.js');
    await writeFile(big, '');
    await truncate(big, 20_000_000);
    const running = await start({ exercises, site: folder, host, port: 0, mqttPort: 0, limits });
    const { room, ...keys } = await running.rooms.create('test/attacked');
    await room.ready();
    return new Arena(running, room, keys, folder);
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.stream.destroy();
    for (const socket of this.#sockets) socket.terminate();
    await this.running.stop();
    await rm(this.#folder, { recursive: true });
  }

  // ── Clients ──

  #keep(client: MqttClient): MqttClient {
    client.stream.on('error', () => {});
    this.#clients.push(client);
    return client;
  }

  /** A TCP connection that has said nothing yet. */
  tcp(version = 4, localAddress = '127.0.0.1'): MqttClient {
    const socket = connectTcp({ port: this.running.mqttPort, host: '127.0.0.1', localAddress });
    socket.setNoDelay(true);
    return this.#keep(new MqttClient(socket as unknown as Duplex, version));
  }

  /** A TCP client in the attacked room. */
  async joined(clientId: string, version = 4, options: object = {}): Promise<MqttClient> {
    const client = this.tcp(version);
    await client.connect(clientId, { username: this.address, ...options });
    return client;
  }

  /** A line into the attacked room that needs no socket. */
  inside(version = 4, info: Partial<LineInfo> = {}): MqttClient {
    return this.#keep(roomClient(this.room, info, version));
  }

  socket(path: string, protocols: string[] = ['mqtt']): WebSocket {
    const url = `ws://127.0.0.1:${this.running.port}${path}`;
    const socket = new WebSocket(url, protocols);
    socket.on('error', () => {});
    this.#sockets.push(socket);
    return socket;
  }

  /** A WebSocket client of the attacked room that has said nothing yet. */
  async web(version = 4, address = this.address): Promise<MqttClient> {
    const socket = this.socket(`/mqtt/${address}`);
    await once(socket, 'open');
    return this.#keep(new MqttClient(new WebSocketStream(socket), version));
  }

  get watchPath(): string {
    return `/watch/${this.address}?key=${this.watchKey}`;
  }

  /** A viewer that can wait for messages. */
  viewer(): Viewer {
    const socket = this.socket(this.watchPath, []);
    const got: WatchMessage[] = [];
    socket.on('message', (data, isBinary) => {
      if (!isBinary) got.push(JSON.parse(String(data)) as WatchMessage);
    });
    return {
      socket,
      async next(...types) {
        for (;;) {
          const at = got.findIndex(({ type }) => types.includes(type));
          if (at >= 0) return got.splice(at, 1)[0]!;
          await once(socket, 'message');
        }
      },
    };
  }

  post(body: string): Promise<Response> {
    const url = `http://127.0.0.1:${this.running.port}/api/rooms`;
    return fetch(url, { method: 'POST', body });
  }

  // ── What happened ──

  /** Resolves once the room's trace names the limit. */
  noted(limit: LimitName): Promise<unknown> {
    return untilSeen(this.room, () =>
      entriesOf(this.room, 'limit').find((entry) => entry.limit === limit),
    );
  }

  /** Resolves once the line of the newest client has been closed for a limit. */
  closedByLimit(): Promise<unknown> {
    return untilSeen(this.room, () =>
      entriesOf(this.room, 'line-closed').find(({ by }) => by === 'limit'),
    );
  }
}

/** Round-trip times in milliseconds. */
export interface Trips {
  count: number;
  p50: number;
  p90: number;
  slowest: number;
}

/** A client in another room that measures its round trips: first in a calm server, then under attack. */
export class Neighbour {
  readonly #client: MqttClient;
  readonly #calm: readonly number[];
  readonly #attacked: number[] = [];
  #stop = false;
  #done: Promise<void> = Promise.resolve();

  private constructor(client: MqttClient, calm: readonly number[]) {
    this.#client = client;
    this.#calm = calm;
  }

  /** Resolves after the calm round trips; the others have begun by then. */
  static async open({ running }: Arena): Promise<Neighbour> {
    const { room, address } = await running.rooms.create('test/neighbour');
    await room.ready();
    const client = new MqttClient(await openStream({ port: running.mqttPort }));
    await client.connect('neighbour', { username: address });
    await client.subscribe('n');
    const calm: number[] = [];
    while (calm.length < 40) calm.push(await roundTrip(client));
    const neighbour = new Neighbour(client, calm);
    neighbour.#done = neighbour.#run();
    // `finish` reports an error; a test that has failed already does not call it.
    neighbour.#done.catch(() => {});
    return neighbour;
  }

  async #run(): Promise<void> {
    // At most what the line may send in a burst: it must not meet a limit of its own.
    while (this.#attacked.length < 40 || (!this.#stop && this.#attacked.length < 200)) {
      this.#attacked.push(await roundTrip(this.#client));
      // A pace at which they last as long as the attack does.
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
  }

  /** Resolves when every message has come back. */
  async finish(): Promise<{ calm: Trips; attacked: Trips }> {
    this.#stop = true;
    await this.#done;
    this.#client.stream.destroy();
    return { calm: tripsOf(this.#calm), attacked: tripsOf(this.#attacked) };
  }
}

async function roundTrip(client: MqttClient): Promise<number> {
  const before = performance.now();
  client.publish('n', '');
  await client.next('publish');
  return performance.now() - before;
}

function tripsOf(times: readonly number[]): Trips {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)]!;
  return { count: sorted.length, p50: at(0.5), p90: at(0.9), slowest: sorted.at(-1)! };
}

/** A whole server with tight limits: an attacked room, and a neighbour whose messages are timed. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'readable-stream';
import { WebSocket } from 'ws';
import type { LimitName, LimitValues } from '../../shared/config.ts';
import type { LineInfo } from '../../line/line-info.ts';
import { start, type Running } from '../../server/main.ts';
import type { WatchMessage } from '../../protocol/api.ts';
import type { Room } from '../../room/room.ts';
import { entriesOf, untilSeen } from '../seen.ts';
import { WireClient, wireClient } from '../wire-client.ts';
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
  readonly running: Running;
  readonly room: Room;
  readonly address: string;
  readonly #folder: string;
  readonly #clients: WireClient[] = [];
  readonly #sockets: WebSocket[] = [];

  private constructor(running: Running, room: Room, address: string, folder: string) {
    this.running = running;
    this.room = room;
    this.address = address;
    this.#folder = folder;
  }

  static async open(limits: Partial<LimitValues>): Promise<Arena> {
    const folder = await mkdtemp(join(tmpdir(), 'retained-limits-'));
    const exercise = { devices: [], scene: {}, checks: [] };
    const exercises = { get: async () => exercise };
    const host = '127.0.0.1';
    const running = await start({ exercises, site: folder, host, port: 0, mqttPort: 0, limits });
    const { room, address } = await running.rooms.create('test/attacked');
    await room.ready();
    return new Arena(running, room, address, folder);
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.stream.destroy();
    for (const socket of this.#sockets) socket.terminate();
    await this.running.stop();
    await rm(this.#folder, { recursive: true });
  }

  // ── Clients ──

  #keep(client: WireClient): WireClient {
    client.stream.on('error', () => {});
    this.#clients.push(client);
    return client;
  }

  /** A TCP connection that has said nothing yet. */
  tcp(version = 4, localAddress = '127.0.0.1'): WireClient {
    const socket = connectTcp({ port: this.running.mqttPort, host: '127.0.0.1', localAddress });
    socket.setNoDelay(true);
    return this.#keep(new WireClient(socket as unknown as Duplex, version));
  }

  /** A TCP client in the attacked room. */
  async joined(clientId: string, version = 4, options: object = {}): Promise<WireClient> {
    const client = this.tcp(version);
    await client.connect(clientId, { username: this.address, ...options });
    return client;
  }

  /** A line into the attacked room that needs no socket. */
  inside(version = 4, info: Partial<LineInfo> = {}): WireClient {
    return this.#keep(wireClient(this.room, info, version));
  }

  socket(path: string, protocols: string[] = ['mqtt']): WebSocket {
    const url = `ws://127.0.0.1:${this.running.port}${path}`;
    const socket = new WebSocket(url, protocols);
    socket.on('error', () => {});
    this.#sockets.push(socket);
    return socket;
  }

  /** A WebSocket client of the attacked room that has said nothing yet. */
  async web(version = 4, address = this.address): Promise<WireClient> {
    const socket = this.socket(`/mqtt/${address}`);
    await once(socket, 'open');
    return this.#keep(new WireClient(new WebSocketStream(socket), version));
  }

  /** A viewer that can wait for messages. */
  viewer(): Viewer {
    const socket = this.socket(`/watch/${this.address}`, []);
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

/** Round trips of a client in another room, from before an attack until after it. */
export class Neighbour {
  readonly #client: WireClient;
  readonly times: number[] = [];
  #stop = false;
  #done: Promise<void> = Promise.resolve();

  private constructor(client: WireClient) {
    this.#client = client;
  }

  static async open({ running }: Arena): Promise<Neighbour> {
    const { room, address } = await running.rooms.create('test/neighbour');
    await room.ready();
    const socket = connectTcp(running.mqttPort, '127.0.0.1');
    socket.setNoDelay(true);
    const client = new WireClient(socket as unknown as Duplex);
    await client.connect('neighbour', { username: address });
    await client.subscribe('n');
    const neighbour = new Neighbour(client);
    neighbour.#done = neighbour.#run();
    // Whoever waits for it hears of an error; a test that failed already doesn't wait.
    neighbour.#done.catch(() => {});
    return neighbour;
  }

  async #run(): Promise<void> {
    // At most what the line may send in a burst: it must not meet a limit of its own.
    while (this.times.length < 50 || (!this.#stop && this.times.length < 200)) {
      const before = performance.now();
      this.#client.publish('n', String(this.times.length));
      await this.#client.next('publish');
      this.times.push(performance.now() - before);
      // A pace at which they last as long as the attack does.
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
  }

  /** All its messages have come back; milliseconds: half of them, the slowest. */
  async finish(): Promise<{ trips: number; p50: number; slowest: number }> {
    this.#stop = true;
    await this.#done;
    this.#client.stream.destroy();
    const sorted = this.times.toSorted((a, b) => a - b);
    return { trips: sorted.length, p50: sorted[sorted.length >> 1]!, slowest: sorted.at(-1)! };
  }
}

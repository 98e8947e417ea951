/** A real server with classes, and devices that speak to it as browsers do: with a jar of cookies. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { parseClassMessage, type ClassMessage } from '../../../protocol/classroom.ts';
import { parseWatchMessage } from '../../../protocol/parse-message.ts';
import type { Work } from '../../../protocol/work.ts';
import { testExercises } from './test-exercises.ts';
import { start, type RunningServer, type StartOptions } from '../../main.ts';

export interface ClassServer {
  server: RunningServer;
  origin: string;
  folder: string;
  device(): Device;
  teacher(): Promise<Device>;
  /** Ends the server and starts it again on the same port and data. */
  restart(): Promise<void>;
  end(): Promise<void>;
}

export async function startClassServer(more: Partial<StartOptions> = {}): Promise<ClassServer> {
  const folder = await mkdtemp(join(tmpdir(), 'retained-class-'));
  const begin = (port: number): Promise<RunningServer> =>
    start({
      exercises: testExercises,
      site: folder,
      ...{ host: '127.0.0.1', port, mqttPort: 0, tlsPort: 0, data: join(folder, 'data') },
      ...more,
    });
  const server = await begin(0);
  const running: ClassServer = {
    server,
    folder,
    origin: `http://127.0.0.1:${server.port}`,
    device: () => new Device(running.origin),
    async teacher() {
      const device = new Device(running.origin);
      await device.post('/api/class/teacher', { secret: running.server.teacherSecret });
      return device;
    },
    async restart() {
      const { port } = running.server;
      await running.server.stop();
      running.server = await begin(port);
    },
    async end() {
      await running.server.stop();
      await rm(folder, { recursive: true });
    },
  };
  return running;
}

export class Device {
  readonly cookies = new Map<string, string>();
  readonly #origin: string;
  readonly #sockets: WebSocket[] = [];

  constructor(origin: string) {
    this.#origin = origin;
  }

  get #cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { ...(init.headers as Record<string, string>), cookie: this.#cookie };
    const response = await fetch(this.#origin + path, { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]!.split('=');
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  async post(path: string, body: unknown): Promise<Record<string, unknown> & { status: number }> {
    const response = await this.fetch(path, { method: 'POST', body: JSON.stringify(body) });
    return { ...((await response.json()) as object), status: response.status };
  }

  async get(path: string): Promise<Record<string, unknown> & { status: number }> {
    const response = await this.fetch(path);
    return { ...((await response.json()) as object), status: response.status };
  }

  socket(path: string): WebSocket {
    const socket = new WebSocket(this.#origin.replace('http', 'ws') + path, {
      headers: { cookie: this.#cookie },
    });
    socket.on('error', () => {});
    this.#sockets.push(socket);
    return socket;
  }

  /** A page that makes a room and watches it. */
  async open(name: string): Promise<PageRoom> {
    const room = await this.post('/api/rooms', { exercise: name });
    return this.watch(room as unknown as RoomKeys);
  }

  async watch(room: RoomKeys): Promise<PageRoom> {
    const page = new PageRoom(room, this.socket(`/watch/${room.address}?key=${room.watchKey}`));
    await page.welcome;
    return page;
  }

  /** The teacher's page of a class. */
  live(id: string): LiveClass {
    return new LiveClass(this.socket(`/class/${id}`));
  }

  close(): void {
    for (const socket of this.#sockets) socket.terminate();
  }
}

interface RoomKeys {
  address: string;
  watchKey: string;
}

export class PageRoom {
  readonly keys: RoomKeys;
  readonly welcome: Promise<void>;
  readonly closed: Promise<void>;
  /** Run and states of each results message. */
  readonly results: string[] = [];
  readonly #socket: WebSocket;
  #requests = 0;
  #done = new Map<number, () => void>();

  constructor(keys: RoomKeys, socket: WebSocket) {
    this.keys = keys;
    this.#socket = socket;
    this.closed = new Promise((resolve) => void socket.on('close', () => resolve()));
    this.welcome = new Promise((resolve, reject) => {
      socket.on('close', () => reject(new Error('closed')));
      socket.on('message', (data, isBinary) => {
        if (isBinary) return;
        const message = parseWatchMessage(String(data));
        if (message?.type === 'welcome') resolve();
        if (message?.type === 'done') this.#done.get(message.id)?.();
        if (message?.type === 'checks')
          this.results.push(
            `${message.run}: ${message.results.map(({ state }) => state).join(' ')}`,
          );
      });
    });
  }

  /** As a press on Run does. */
  run(): Promise<void> {
    const id = ++this.#requests;
    this.#socket.send(JSON.stringify({ type: 'reset', id }));
    return new Promise((resolve) => void this.#done.set(id, resolve));
  }

  /** Publishes with a real MQTT client of the room. */
  async publish(origin: string, retain: boolean): Promise<void> {
    const { connectAsync } = await import('mqtt');
    const client = await connectAsync(`${origin.replace('http', 'ws')}/mqtt/${this.keys.address}`, {
      reconnectPeriod: 0,
      timerVariant: 'native',
    });
    // Without reconnecting, MQTT.js leaves a publish open if the server dies.
    const died = new Promise<never>((_, reject) => {
      client.once('close', () => reject(new Error('closed')));
    });
    await Promise.race([client.publishAsync('lamp', 'on', { qos: 1, retain }), died]);
    died.catch(() => {});
    await client.endAsync();
  }

  close(): void {
    this.#socket.terminate();
  }
}

export class LiveClass {
  readonly messages: ClassMessage[] = [];
  readonly work = new Map<string, Work>();
  /** The status of a refusal, or the code of the end. */
  readonly end: Promise<number>;

  constructor(socket: WebSocket) {
    this.end = new Promise((resolve) => {
      socket.on('unexpected-response', (_, { statusCode = 0 }) => resolve(statusCode));
      socket.on('close', resolve);
    });
    socket.on('message', (data) => {
      const message = parseClassMessage(String(data));
      if (!message) throw new Error(`no class message: ${String(data)}`);
      this.messages.push(message);
      if (message.type === 'work')
        for (const row of message.rows) this.work.set(`${row.member} ${row.exercise}`, row);
    });
  }

  get members(): string[] {
    const last = this.messages.findLast((message) => message.type === 'class');
    return last ? last.members.map(({ name }) => name) : [];
  }

  /** Of the only member with work on it. */
  row(exercise: string): Work | undefined {
    return [...this.work.values()].find((row) => row.exercise === exercise);
  }
}

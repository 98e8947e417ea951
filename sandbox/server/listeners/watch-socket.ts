/** A viewer's WebSocket: frames, pacing and back-pressure; `room/serve-watch.ts` does the rest. */
import type { Writable } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { Room } from '../../room/room.ts';
import { serveWatch, watchPosition } from '../../room/serve-watch.ts';
import { TokenBucket } from '../../shared/token-bucket.ts';
import { atOnce, type Turns } from '../../shared/turns.ts';
import type { MemoryGuard } from '../fair/memory-guard.ts';
import { wsBinaryFrame } from './ws-frame.ts';

/** A page asks a few things a second; the rest is a mistake or malice. */
const requestsPerSecond = 50;
/** Who clicks Run faster waits for it. */
const resetsPerSecond = 5;

export interface WatchSocketOptions {
  query: URLSearchParams;
  turns?: Turns;
  /** The viewer's network address, and who watches what waits for it. */
  remote?: string;
  memory?: Pick<MemoryGuard, 'add' | 'waitingFor'>;
}

export async function serveWatchSocket(
  socket: WebSocket,
  raw: Writable,
  room: Room,
  { query, turns = atOnce, remote = '', memory }: WatchSocketOptions,
): Promise<void> {
  const isOpen = () => socket.readyState === 1;
  const server = serveWatch(
    room,
    {
      binary: (batch) => void (isOpen() && raw.write(wsBinaryFrame(batch))),
      message(message) {
        if (!isOpen()) return;
        socket.send(JSON.stringify(message));
        if (message.type === 'closing') socket.close(4000, message.reason);
      },
      unsent: () => socket.bufferedAmount,
      turns,
    },
    watchPosition(query),
  );
  const requests = new Requests(socket, raw, room.limits, {
    turns,
    receive: (text) => {
      if (!server.receive(text)) socket.close(1008, 'not a request');
    },
    // A response may be a thousand times its request: an address gets no more of them than it reads.
    isTooMuch: () => (memory?.waitingFor(remote) ?? 0) > room.limits.waitingPerAddress / 2,
  });
  const evict = (): void => socket.terminate();
  const forget = memory?.add({ remote, bytes: () => socket.bufferedAmount, evict });
  socket.on('close', () => {
    forget?.();
    requests.close();
    server.close();
  });
  socket.on('error', () => socket.terminate());
  await server.ready.catch(() => socket.close(1011));
}

interface RequestsHost {
  turns: Turns;
  receive(text: string | null): void;
  /** Too much waits for all connections of the viewer's address. */
  isTooMuch(): boolean;
}

/**
 * Requests one after the other, each at its turn: who doesn't read responses gets no more of them,
 * and what waits is bounded, as the socket is not read meanwhile.
 */
class Requests {
  readonly #socket: WebSocket;
  readonly #raw: Writable;
  readonly #limits: { unsentBytes: number; responseMs: number };
  readonly #host: RequestsHost;
  readonly #rate = new TokenBucket(requestsPerSecond, requestsPerSecond * 2);
  readonly #resets = new TokenBucket(resetsPerSecond, resetsPerSecond * 4);
  /** What was read already; there is no more than `#rate` holds. */
  readonly #waiting: (string | null)[] = [];
  /** Something will look at what waits. */
  #busy = false;
  #closed = false;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(
    socket: WebSocket,
    raw: Writable,
    limits: { unsentBytes: number; responseMs: number },
    host: RequestsHost,
  ) {
    this.#socket = socket;
    this.#raw = raw;
    this.#limits = limits;
    this.#host = host;
    socket.on('message', (data: RawData, isBinary: boolean) => {
      if (!this.#rate.tryTake()) return socket.close(1008, 'too many requests');
      this.#waiting.push(isBinary ? null : String(data));
      if (this.#busy) return;
      this.#busy = true;
      this.#host.turns.run(this.#work);
      if (this.#busy) socket.pause();
    });
  }

  close(): void {
    this.#closed = true;
    this.#waiting.length = 0;
    clearTimeout(this.#patience);
    clearTimeout(this.#pause);
  }

  get #isBehind(): boolean {
    return this.#socket.bufferedAmount > this.#limits.unsentBytes;
  }

  readonly #work = (): void => {
    while (this.#waiting.length > 0) {
      if (this.#closed) return;
      if (this.#isBehind) return this.#rest();
      if (this.#host.isTooMuch()) return this.#again(200);
      const [text] = this.#waiting;
      if (isReset(text!) && !this.#resets.tryTake()) return this.#again(1000 / resetsPerSecond);
      this.#waiting.shift();
      this.#host.receive(text!);
      if (this.#waiting.length > 0 && this.#host.turns.over) {
        this.#socket.pause();
        return this.#host.turns.later(this.#work);
      }
    }
    this.#busy = false;
    if (this.#socket.isPaused) this.#socket.resume();
  };

  #again(ms: number): void {
    this.#socket.pause();
    this.#pause = setTimeout(() => this.#host.turns.run(this.#work), ms);
  }

  /** Until the viewer has read; one that never does is let go. */
  #rest(): void {
    this.#socket.pause();
    this.#patience = setTimeout(() => this.#socket.terminate(), this.#limits.responseMs);
    this.#raw.once('drain', () => {
      clearTimeout(this.#patience);
      this.#host.turns.run(this.#work);
    });
  }
}

/** Also of what only looks like one: it then waits, and is refused like any other. */
const isReset = (text: string | null): boolean => text?.includes('"reset"') ?? false;

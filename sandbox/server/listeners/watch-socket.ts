/** A viewer's WebSocket: frames, pacing and back-pressure; `room/serve-watch.ts` does the rest. */
import type { Writable } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { WatchMessage } from '../../protocol/api.ts';
import type { Room } from '../../room/room.ts';
import { serveWatch, watchPosition } from '../../room/serve-watch.ts';
import { TokenBucket } from '../../shared/token-bucket.ts';
import { atOnce, type Turns } from '../../shared/turns.ts';
import type { MemoryGuard } from '../fair/memory-guard.ts';
import { wsBinaryFrame } from './ws-frame.ts';

/** IANA's registry of WebSocket close codes. */
const serviceRestart = 1012;
/** Requests of a viewer: a page sends a few a second. */
const requestsPerSecond = 50;
/** Resets of a viewer: faster clicks on Run wait. */
const resetsPerSecond = 5;

export interface WatchSocketOptions {
  query: URLSearchParams;
  turns?: Turns;
  /** The viewer's network address, and the guard of the bytes that wait for it. */
  remote?: string;
  memory?: Pick<MemoryGuard, 'add' | 'waitingFor'>;
  /** The viewer changes nothing in the room. */
  readOnly?: boolean;
  /** Whether the viewer gets the results of checks without their hints. */
  hidesHints?(): boolean;
}

export async function serveWatchSocket(
  socket: WebSocket,
  raw: Writable,
  room: Room,
  { query, turns = atOnce, remote = '', memory, readOnly = false, hidesHints }: WatchSocketOptions,
): Promise<void> {
  const isOpen = () => socket.readyState === 1;
  const server = serveWatch(
    room,
    {
      binary: (batch) => void (isOpen() && raw.write(wsBinaryFrame(batch))),
      message(message) {
        if (!isOpen()) return;
        socket.send(JSON.stringify(hidesHints?.() ? withoutHints(message) : message));
        if (message.type === 'closing')
          socket.close(message.reason === 'stopping' ? serviceRestart : 4000, message.reason);
      },
      unsent: () => socket.bufferedAmount,
      turns,
    },
    { ...watchPosition(query), readOnly },
  );
  const requests = new Requests(socket, raw, room.limits, {
    turns,
    receive: (text) => {
      if (!server.receive(text)) socket.close(1008, 'not a request');
    },
    // A response may be a thousand times larger than its request: an address that does not read gets no more.
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

const withoutHints = (message: WatchMessage): WatchMessage =>
  message.type === 'checks'
    ? { ...message, results: message.results.map(({ hint: _, ...rest }) => rest) }
    : message;

interface RequestsHost {
  turns: Turns;
  receive(text: string | null): void;
  /** Whether too many bytes wait for the viewer's network address. */
  isTooMuch(): boolean;
}

/**
 * Serves requests in order, each at its turn. A viewer that does not read its responses gets no more,
 * and its socket is not read meanwhile, so that the waiting bytes are bounded.
 */
class Requests {
  readonly #socket: WebSocket;
  readonly #raw: Writable;
  readonly #limits: { unsentBytes: number; responseMs: number };
  readonly #host: RequestsHost;
  readonly #rate = new TokenBucket(requestsPerSecond, requestsPerSecond * 2);
  readonly #resets = new TokenBucket(resetsPerSecond, resetsPerSecond * 4);
  /** Requests that were read and wait; at most as many as `#rate` allows. */
  readonly #waiting: (string | null)[] = [];
  /** A call that serves the waiting requests is scheduled. */
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

  /** Resolves when the viewer has read; a viewer that never reads is closed. */
  #rest(): void {
    this.#socket.pause();
    this.#patience = setTimeout(() => this.#socket.terminate(), this.#limits.responseMs);
    this.#raw.once('drain', () => {
      clearTimeout(this.#patience);
      this.#host.turns.run(this.#work);
    });
  }
}

/**
 * Whether a request is a reset, or ends or starts the broker. An invalid one also counts: it waits, and
 * is refused later.
 */
const isReset = (text: string | null): boolean => /"(?:reset|broker)"/.test(text ?? '');

import type { WatchMessage, WatchRequest } from '../../../sandbox/protocol/api.ts';
import type { LineTarget } from '../device/messages.ts';
import type { TextStore } from '../store/drafts.ts';
import { createRoom, lookUpRoom, roomUrl } from './room-api.ts';
import { ConnectionTracker } from './connection-tracker.ts';
import { openDeviceLine } from './device-line.ts';
import { type PendingRequest, PendingRequests } from './pending-requests.ts';
import { type ConnectionStatus, RoomError, type RoomEvent, type RoomInfo } from './room.ts';
import type { RoomConnection } from './room-connection.ts';
import { SavedRoom } from './saved-room.ts';
import { type StreamEnd, WatchStream } from './watch-stream.ts';
import { WatchedTrace } from './watched-trace.ts';

export interface ServerOptions {
  exercise: string;
  /** `http://host:port` of the course's server. */
  origin: string;
  store: TextStore;
  /** How often connecting is tried again before the room is lost; at most, and by default, 9 times. */
  retries?: number;
  /** How long a request waits for its response; milliseconds. */
  patienceMs?: number;
  /** Calls `listener` when the reader has become another one: the server has to see them again. */
  onReader?: (listener: () => void) => void;
}

/** Waits between attempts: together about half a minute, then the learner decides. */
const waitsMs = [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000, 5_000];
/** Errors that may be gone in a moment; any other is final. */
const transient = new Set(['unreachable', 'too-many-requests', 'server-full', 'timeout']);

/** Keeps a page connected to its room on the server: creates, finds, watches and replaces it. */
export class ServerConnection implements RoomConnection {
  readonly place = 'server';
  readonly #options: ServerOptions;
  readonly #retries: number;
  readonly #emit: (event: RoomEvent) => void;
  readonly #saved: SavedRoom;
  readonly #requests: PendingRequests;
  readonly #tracker: ConnectionTracker;
  #info: RoomInfo | undefined;
  #stream: WatchStream | undefined;
  #live = Promise.withResolvers<void>();
  readonly #trace: WatchedTrace;
  #attempts = 0;
  #closed = false;
  #wake: (() => void) | undefined;
  /** What the server said when it ended; milliseconds. */
  #back: number | undefined;

  constructor(options: ServerOptions, emit: (event: RoomEvent) => void) {
    this.#options = options;
    this.#requests = new PendingRequests(options.patienceMs);
    this.#retries = Math.min(options.retries ?? Infinity, waitsMs.length);
    this.#emit = emit;
    this.#trace = new WatchedTrace(emit);
    this.#saved = new SavedRoom(options.store, options.exercise);
    this.#tracker = new ConnectionTracker((status, error) =>
      emit({ type: 'connection', status, ...(error && { error }) }),
    );
    this.#expectLive();
    options.onReader?.(() => this.#stream?.close());
  }

  get status(): ConnectionStatus {
    return this.#tracker.status;
  }
  get info(): RoomInfo | undefined {
    return this.#info;
  }
  get isSaved(): boolean {
    return this.#saved.load() !== undefined;
  }
  get run(): number {
    return this.#trace.run ?? 0;
  }

  /** Resolves when the room is watched. Rejects with RoomError after the last attempt. */
  connect(): Promise<void> {
    if (this.status === 'lost') this.retry();
    if (this.status === 'off') void this.#keepWatching();
    return this.#live.promise;
  }

  retry(): void {
    if (this.status === 'lost') {
      this.#expectLive();
      void this.#keepWatching();
    } else if (this.status === 'live') this.#ask();
    else this.#wake?.();
  }

  /** Finds out whether the connection is alive: a request that changes nothing. */
  #ask(): void {
    this.request({ type: 'arm', rules: [] }).catch(() => {});
  }

  close(): void {
    this.#closed = true;
    this.#tracker.dispose();
    this.#wake?.();
    this.#stream?.close();
  }

  /** Sends a request that has no response. */
  send(request: WatchRequest): void {
    if (this.status === 'live') this.#stream?.send(request);
  }

  /** Sends a request and returns its response. */
  async request(request: PendingRequest): Promise<WatchMessage> {
    await this.connect();
    const stream = this.#stream;
    const before = stream?.heard;
    const response = this.#requests.send(request, (numbered) => stream?.send(numbered));
    response.catch((error: unknown) => {
      // A laptop that slept, an access point that forgot: nothing comes, and nothing says so.
      const isSilent = error instanceof RoomError && error.key === 'timeout';
      if (isSilent && stream?.heard === before) stream?.drop();
    });
    return response;
  }

  openLine(
    {
      device,
      port,
      target,
    }: { device: string; port: MessagePort; target?: LineTarget | undefined },
    signal: AbortSignal,
    onData: (bytes: number) => void,
  ): Promise<void> {
    const { tls, ...plain } = target ?? {};
    const hello = tls && { tls: JSON.stringify(tls) };
    const url = this.#url(this.#info!, 'mqtt', { device, ...plain, ...hello });
    return openDeviceLine(url, port, signal, onData);
  }

  /** A WebSocket URL of the room. */
  #url(info: RoomInfo, path: 'watch' | 'mqtt', query: Record<string, string | number>): string {
    return roomUrl(this.#options.origin, info, path, query);
  }

  async #keepWatching(): Promise<void> {
    this.#tracker.set('connecting');
    this.#attempts = 0;
    while (!this.#closed) {
      try {
        this.#info ??= await this.#findRoom();
        const end = await this.#watch(this.#info);
        if (this.#closed) return;
        this.#tracker.set('reconnecting');
        if (end === 'over' || (await this.#isGone(end, this.#info))) await this.#replaceRoom();
        if (this.#attempts >= this.#retries) throw new RoomError('unreachable', 'no response');
      } catch (error) {
        if (this.#closed) return;
        const known = error instanceof RoomError ? error : new RoomError('internal', String(error));
        const isOver = !transient.has(known.key) || this.#attempts >= this.#retries;
        if (isOver) return this.#lose(known);
        this.#tracker.set(this.#trace.run === undefined ? 'connecting' : 'reconnecting', known);
      }
      // The first wait is short for a server that has just started again; the jitter is so that a
      // class of 200 doesn't come back in one moment.
      const wait = this.#back ?? waitsMs[this.#attempts++] ?? 0;
      this.#back = undefined;
      await this.#sleep(wait * (0.75 + Math.random() / 2));
    }
  }

  async #isGone(end: StreamEnd, info: RoomInfo): Promise<boolean> {
    return end === 'refused' && (await lookUpRoom(this.#options.origin, info)) === 'gone';
  }

  async #watch(info: RoomInfo): Promise<StreamEnd> {
    const url = this.#url(info, 'watch', { run: this.run, from: this.#trace.last + 1 });
    const stream = new WatchStream(url, {
      onMessage: (message) => this.#handle(message),
      onEntries: (entries) => this.#trace.handleEntries(entries),
    });
    this.#stream = stream;
    const end = await stream.ended;
    this.#stream = undefined;
    this.#requests.abandon();
    if (this.status === 'live') this.#expectLive();
    return end;
  }

  #handle(message: WatchMessage): void {
    if (message.type === 'welcome') this.#attempts = 0;
    if (message.type === 'closing') this.#back = message.afterMs;
    this.#trace.handle(message);
    if (message.type === 'welcome') {
      this.#tracker.set('live');
      this.#live.resolve();
    }
    this.#requests.handle(message);
  }

  async #findRoom(): Promise<RoomInfo> {
    const saved = this.#saved.load();
    const info = saved ?? (await createRoom(this.#options.origin, this.#options.exercise));
    return this.#use(info, saved ? 'kept' : 'new');
  }

  async #replaceRoom(): Promise<void> {
    this.#saved.forget();
    const info = await createRoom(this.#options.origin, this.#options.exercise);
    this.#trace.forget();
    this.#use(info, 'replaced');
  }

  #use(info: RoomInfo, how: 'new' | 'kept' | 'replaced'): RoomInfo {
    this.#info = info;
    this.#saved.save(info);
    this.#emit({ type: 'room', info, how });
    return info;
  }

  #lose(error: RoomError): void {
    this.#tracker.set('lost', error);
    this.#live.reject(error);
  }

  /** Callers wait for the next welcome from now on; a rejection without a caller is no error. */
  #expectLive(): void {
    this.#live = Promise.withResolvers<void>();
    this.#live.promise.catch(() => {});
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

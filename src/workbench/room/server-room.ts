import type { RoomResponse, WatchMessage } from '../../../sandbox/protocol/api.ts';
import type { BrokerFiles } from '../../../sandbox/protocol/exercise.ts';
import type { DeviceState, TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { ConnectionStatus } from './connection-status.ts';
import type { TextStore } from '../store/drafts.ts';
import { createRoom, RoomError, roomIs } from './api.ts';
import type { Connection, RoomEvents } from './room.ts';
import { SavedRoom } from './saved-room.ts';
import { openDeviceLine } from './device-line.ts';
import { type PendingRequest, PendingRequests } from './pending-requests.ts';
import { type StreamEnd, WatchStream } from './watch-stream.ts';

export interface RoomClientOptions extends RoomEvents {
  exercise: string;
  /** `http://host:port` of the course's server. */
  origin: string;
  store: TextStore;
}

/** Waits between tries: together about half a minute, then the learner decides. */
const waitsMs = [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000, 5_000];
/** Errors that may be gone in a moment; any other is the answer. */
const passing = new Set(['unreachable', 'too-many-requests', 'server-full', 'timeout']);

/** The only part of the page that knows where the room is. */
export class RoomClient {
  readonly #options: RoomClientOptions;
  readonly #keeping: SavedRoom;
  readonly #wsOrigin: string;
  readonly #questions = new PendingRequests();
  readonly #news: ConnectionStatus;
  #room: RoomResponse | undefined;
  #stream: WatchStream | undefined;
  #live = Promise.withResolvers<void>();
  #run: number | undefined;
  #last = 0;
  #tries = 0;
  #closed = false;
  #wake: (() => void) | undefined;

  constructor(options: RoomClientOptions) {
    this.#options = options;
    this.#keeping = new SavedRoom(options.store, options.exercise);
    this.#news = new ConnectionStatus(options.onConnection);
    this.#wsOrigin = options.origin.replace(/^http/, 'ws');
    this.#expectLive();
  }

  get connection(): Connection {
    return this.#news.now;
  }
  get room(): RoomResponse | undefined {
    return this.#room;
  }
  /** Whether a room of before a reload is known. */
  get hasKeptRoom(): boolean {
    return this.#keeping.load() !== undefined;
  }

  /** Resolves when the room is watched. Rejects with RoomError when it was tried in vain. */
  connect(): Promise<void> {
    if (this.#news.now === 'lost') this.retry();
    if (this.#news.now === 'off') void this.#keepWatching();
    return this.#live.promise;
  }

  /** Tries at once: the learner asked, or the network is back. */
  retry(): void {
    if (this.#news.now === 'lost') {
      this.#expectLive();
      void this.#keepWatching();
    } else this.#wake?.();
  }

  close(): void {
    this.#closed = true;
    this.#news.close();
    this.#wake?.();
    this.#stream?.close();
  }

  /** A fresh broker with the exercise's scene. Resolves with the run's number. */
  async reset(files?: BrokerFiles): Promise<number> {
    const answer = await this.ask({ type: 'reset', ...(files && { files }) });
    return answer.type === 'done' ? answer.run : (this.#run ?? 0);
  }

  /** What a program does, for the checks and the class. Not sent while the room is away. */
  device(device: string, state: DeviceState): void {
    if (this.#news.now === 'live') this.#stream?.send({ type: 'device', device, state });
  }

  /** Any request with an answer. Rejects with RoomError (`timeout`, or the room's own reason). */
  async ask(question: PendingRequest): Promise<WatchMessage> {
    await this.connect();
    return this.#questions.ask(question, (request) => this.#stream?.send(request));
  }

  /** `target`: the port and protocol of the program's URL; the room knows what listens there. */
  openLine(
    device: string,
    port: MessagePort,
    signal: AbortSignal,
    target?: { port: number; protocol: 'mqtt' | 'websockets' },
  ): Promise<void> {
    const query = { device, ...target };
    if (this.#room) {
      const url = this.#url(this.#room, 'mqtt', query);
      return openDeviceLine(url, port, signal, this.#options.onLine?.(device));
    }
    port.postMessage(null);
    port.close();
    return Promise.resolve();
  }

  async #keepWatching(): Promise<void> {
    this.#news.become('connecting');
    this.#tries = 0;
    while (!this.#closed) {
      try {
        this.#room ??= await this.#findRoom();
        const end = await this.#watch(this.#room);
        if (this.#closed) return;
        this.#news.become('reconnecting');
        if (end === 'over' || (await this.#isGone(end, this.#room))) await this.#replaceRoom();
        if (this.#tries >= waitsMs.length) throw new RoomError('unreachable', 'no answer');
      } catch (error) {
        if (this.#closed) return;
        const known = error instanceof RoomError ? error : new RoomError('internal', String(error));
        if (!passing.has(known.key) || this.#tries >= waitsMs.length) return this.#lose(known);
        this.#news.become(this.#run === undefined ? 'connecting' : 'reconnecting', known);
      }
      // The first wait is short for a server that has just started again; the jitter is so that a
      // class of 200 doesn't come back in one moment.
      await this.#sleep((waitsMs[this.#tries++] ?? 0) * (0.75 + Math.random() / 2));
    }
  }

  async #isGone(end: StreamEnd, room: RoomResponse): Promise<boolean> {
    return end === 'refused' && (await roomIs(this.#options.origin, room)) === 'gone';
  }

  async #watch(room: RoomResponse): Promise<StreamEnd> {
    const url = this.#url(room, 'watch', { run: this.#run ?? 0, from: this.#last + 1 });
    const stream = new WatchStream(url, {
      onMessage: (message) => this.#hear(message),
      onEntries: (entries) => this.#hearEntries(entries),
    });
    this.#stream = stream;
    const end = await stream.ended;
    this.#stream = undefined;
    this.#questions.abandon();
    if (this.#news.now === 'live') this.#expectLive();
    return end;
  }

  #hearWelcome(run: number): void {
    this.#tries = 0;
    if (run !== this.#run) this.#startRun(run);
    this.#news.become('live');
    this.#live.resolve();
  }

  #hear(message: WatchMessage): void {
    if (message.type === 'welcome') this.#hearWelcome(message.run);
    if (message.type === 'reset') this.#startRun(message.run);
    if (message.type === 'checks' && message.run === this.#run) {
      this.#options.onChecks(message.results);
    }
    if (message.type === 'files' && message.run === this.#run) this.#options.onFiles?.(message);
    if (message.type === 'missing' && message.run === this.#run) {
      this.#options.onMissing(message.count);
    }
    this.#questions.hear(message);
  }

  /** A room that came back may send again what this page has. */
  #hearEntries(entries: TraceEntry[]): void {
    const fresh = entries.filter((entry) => entry.n > this.#last);
    const last = fresh.at(-1);
    if (!last) return;
    this.#last = last.n;
    this.#options.onEntries(fresh);
  }

  #startRun(run: number): void {
    this.#run = run;
    this.#last = 0;
    this.#options.onReset(run);
  }

  async #findRoom(): Promise<RoomResponse> {
    const kept = this.#keeping.load();
    const room = kept ?? (await createRoom(this.#options.origin, this.#options.exercise));
    return this.#use(room, kept ? 'kept' : 'new');
  }

  async #replaceRoom(): Promise<void> {
    this.#keeping.forget();
    const room = await createRoom(this.#options.origin, this.#options.exercise);
    this.#run = undefined;
    this.#last = 0;
    this.#use(room, 'replaced');
  }

  #use(room: RoomResponse, how: 'new' | 'kept' | 'replaced'): RoomResponse {
    this.#room = room;
    this.#keeping.save(room);
    this.#options.onRoom(room, how);
    return room;
  }

  #url(room: RoomResponse, path: 'watch' | 'mqtt', query: Record<string, string | number>): string {
    const search = new URLSearchParams(
      Object.entries(query).map(([key, value]) => [key, `${value}`]),
    );
    return `${this.#wsOrigin}/${path}/${encodeURIComponent(room.address)}?${search}`;
  }

  #lose(error: RoomError): void {
    this.#news.become('lost', error);
    this.#live.reject(error);
  }

  /** Whoever asks from now on waits for the next welcome; with nobody waiting, no error is lost. */
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

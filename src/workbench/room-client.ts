import { decodeBatch } from '../../sandbox/batch.ts';
import type {
  BrokerFiles,
  CheckResult,
  DeviceState,
  RoomAnswer,
  TraceEntry,
  WatchMessage,
  WatchRequest,
} from '../../sandbox/protocol.ts';
import type { TextStore } from './drafts.ts';
import { createRoom, isRoomAnswer, RoomError, roomIs } from './room-api.ts';
import { joinLine } from './room-line.ts';
import { watchMessageOf } from './watch-messages.ts';

/** `off` until somebody needs the room; `lost` when it is no longer tried (`retry()` tries again). */
export type Connection = 'off' | 'connecting' | 'live' | 'reconnecting' | 'lost';
export interface RoomEvents {
  onConnection(connection: Connection, error?: RoomError): void;
  /** `replaced`: the room of before has expired, what it held is gone. */
  onRoom(room: RoomAnswer, how: 'new' | 'kept' | 'replaced'): void;
  /** The trace starts again from its first entry. */
  onReset(run: number): void;
  onEntries(entries: readonly TraceEntry[]): void;
  /** How many entries the room no longer had when this page came back. */
  onMissing(count: number): void;
  onChecks(results: readonly CheckResult[]): void;
}
export interface RoomClientOptions extends RoomEvents {
  exercise: string;
  /** `http://host:port` of the course's server. */
  origin: string;
  store: TextStore;
}

type Asking = { id: number } & WatchRequest;
/** A request as its caller writes it: the client numbers it. */
type Unnumbered<T> = T extends { id: number } ? Omit<T, 'id'> : never;

const answerMs = 8_000;
/** Waits between tries: together about half a minute, then the learner decides. */
const waitsMs = [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000, 5_000];

/** The only part of the page that knows where the room is. */
export class RoomClient {
  readonly #options: RoomClientOptions;
  readonly #key: string;
  readonly #wsOrigin: string;
  readonly #asked = new Map<
    number,
    { resolve(message: WatchMessage): void; reject(error: Error): void; timer: unknown }
  >();
  #connection: Connection = 'off';
  #room: RoomAnswer | undefined;
  #socket: WebSocket | undefined;
  #live = Promise.withResolvers<void>();
  #run: number | undefined;
  #last = 0;
  #lastId = 0;
  #closed = false;
  #wake: (() => void) | undefined;
  #loop: Promise<void> | undefined;

  constructor(options: RoomClientOptions) {
    this.#options = options;
    this.#key = `retained:room:${options.exercise}`;
    this.#wsOrigin = options.origin.replace(/^http/, 'ws');
    this.#live.promise.catch(() => {});
  }

  get connection(): Connection {
    return this.#connection;
  }
  get room(): RoomAnswer | undefined {
    return this.#room;
  }
  /** Whether a room of before a reload is known. */
  get hasKeptRoom(): boolean {
    return this.#kept() !== undefined;
  }

  /** Resolves when the room is watched. Rejects with RoomError when it was tried in vain. */
  connect(): Promise<void> {
    if (this.#connection === 'lost') this.retry();
    this.#loop ??= this.#keepWatching();
    return this.#live.promise;
  }

  /** Tries at once: the learner asked, or the network is back. */
  retry(): void {
    if (this.#connection === 'lost') {
      this.#live = Promise.withResolvers<void>();
      this.#live.promise.catch(() => {});
      this.#loop = undefined;
      this.#loop = this.#keepWatching();
    } else this.#wake?.();
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
    this.#socket?.close();
  }

  /** A fresh broker with the exercise's scene. Resolves with the run's number. */
  async reset(files?: BrokerFiles): Promise<number> {
    const answer = await this.ask({ type: 'reset', ...(files && { files }) });
    return answer.type === 'done' ? answer.run : (this.#run ?? 0);
  }

  /** What a program does, for the checks and the class. Not sent while the room is away. */
  device(device: string, state: DeviceState): void {
    if (this.#connection === 'live') this.#send({ type: 'device', device, state });
  }

  /** Any request with an answer. Rejects with RoomError (`timeout`, or the room's own reason). */
  async ask(request: Unnumbered<WatchRequest>): Promise<WatchMessage> {
    await this.connect();
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#asked.delete(id);
        reject(new RoomError('timeout', `no answer to ${request.type} in ${answerMs} ms`));
      }, answerMs);
      this.#asked.set(id, { resolve, reject, timer });
      this.#send({ ...request, id } as Asking);
    });
  }

  openLine(device: string, port: MessagePort, signal: AbortSignal): Promise<void> {
    const url = this.#url('mqtt', { device });
    if (url !== undefined) return joinLine(url, port, signal);
    port.postMessage(null);
    port.close();
    return Promise.resolve();
  }

  async #keepWatching(): Promise<void> {
    let tries = 0;
    this.#become('connecting');
    while (!this.#closed) {
      try {
        this.#room ??= await this.#findRoom();
        const end = await this.#watch(() => (tries = 0));
        if (this.#closed) return;
        this.#become('reconnecting');
        if (end === 'over') await this.#replaceRoom();
        if (end === 'refused' && (await roomIs(this.#options.origin, this.#room)) === 'gone') {
          await this.#replaceRoom();
        }
      } catch (error) {
        const known = error instanceof RoomError ? error : new RoomError('unreachable', String(error));
        if (tries >= waitsMs.length || this.#closed) return this.#lose(known);
        this.#become(this.#run === undefined ? 'connecting' : 'reconnecting', known);
      }
      if (tries >= waitsMs.length) {
        return this.#lose(new RoomError('unreachable', 'the room does not answer'));
      }
      // The first wait is short for a server that has just started again; the jitter is so that a
      // class of 200 doesn't come back in one moment.
      await this.#sleep((waitsMs[tries++] ?? 0) * (0.75 + Math.random() / 2));
    }
  }

  /** One connection's life. `over`: the room said that it ends. `refused`: it was never watched. */
  #watch(onLive: () => void): Promise<'over' | 'refused' | 'dropped'> {
    return new Promise((resolve) => {
      const socket = new WebSocket(
        this.#url('watch', { run: this.#run ?? 0, from: this.#last }) ?? '',
      );
      socket.binaryType = 'arraybuffer';
      this.#socket = socket;
      let end: 'over' | 'refused' | 'dropped' = 'refused';
      socket.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (data instanceof ArrayBuffer) return this.#hearEntries(new Uint8Array(data));
        const message = watchMessageOf(String(data));
        if (!message) return;
        if (message.type === 'welcome') {
          end = 'dropped';
          onLive();
          this.#hearWelcome(message);
        } else if (message.type === 'closing') {
          // A server that stops comes back without its rooms; asking then tells.
          end = message.reason === 'expired' ? 'over' : 'refused';
          socket.close();
        } else this.#hear(message);
      };
      socket.onclose = () => {
        this.#socket = undefined;
        for (const { reject, timer } of this.#asked.values()) {
          clearTimeout(timer as number);
          reject(new RoomError('unreachable', 'the watch stream closed'));
        }
        this.#asked.clear();
        if (end !== 'refused') this.#live = Promise.withResolvers<void>();
        this.#live.promise.catch(() => {});
        resolve(end);
      };
    });
  }

  #hearWelcome({ run, missing }: { run: number; missing: number }): void {
    if (run !== this.#run) this.#startRun(run);
    this.#options.onMissing(missing);
    this.#become('live');
    this.#live.resolve();
  }

  #hear(message: WatchMessage): void {
    if (message.type === 'reset') this.#startRun(message.run);
    if (message.type === 'checks' && message.run === this.#run) {
      this.#options.onChecks(message.results);
    }
    if (message.type !== 'done' && message.type !== 'state' && message.type !== 'failed') return;
    const asked = this.#asked.get(message.id);
    this.#asked.delete(message.id);
    clearTimeout(asked?.timer as number | undefined);
    if (message.type === 'failed') asked?.reject(new RoomError(message.error, message.message));
    else asked?.resolve(message);
  }

  #hearEntries(bytes: Uint8Array): void {
    const fresh = decodeBatch(bytes).filter((entry) => entry.n > this.#last);
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

  async #findRoom(): Promise<RoomAnswer> {
    const kept = this.#kept();
    const room = kept ?? (await createRoom(this.#options.origin, this.#options.exercise));
    return this.#use(room, kept ? 'kept' : 'new');
  }

  async #replaceRoom(): Promise<void> {
    this.#options.store.removeItem(this.#key);
    const room = await createRoom(this.#options.origin, this.#options.exercise);
    this.#run = undefined;
    this.#last = 0;
    this.#use(room, 'replaced');
  }

  #use(room: RoomAnswer, how: 'new' | 'kept' | 'replaced'): RoomAnswer {
    this.#room = room;
    this.#options.store.setItem(this.#key, JSON.stringify(room));
    this.#options.onRoom(room, how);
    return room;
  }

  #kept(): RoomAnswer | undefined {
    try {
      const value: unknown = JSON.parse(this.#options.store.getItem(this.#key) ?? 'null');
      return isRoomAnswer(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }

  #url(path: 'watch' | 'mqtt', query: Record<string, string | number>): string | undefined {
    if (!this.#room) return undefined;
    const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, `${value}`]));
    return `${this.#wsOrigin}/${path}/${encodeURIComponent(this.#room.address)}?${search}`;
  }

  #send(request: WatchRequest): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(request));
  }

  #become(connection: Connection, error?: RoomError): void {
    this.#connection = connection;
    this.#options.onConnection(connection, error);
  }

  #lose(error: RoomError): void {
    this.#loop = undefined;
    this.#become('lost', error);
    this.#live.reject(error);
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

import type { WatchMessage, WatchRequest } from '../../../sandbox/protocol/api.ts';
import { parseWatchMessage } from '../../../sandbox/protocol/parse-message.ts';
import { decodeBatch } from '../../../sandbox/protocol/trace-batch.ts';
import type { FromRoomWorker, ToRoomWorker } from '../../../sandbox/worker/messages.ts';
import type { LineTarget } from '../device/messages.ts';
import { ConnectedRoom } from './connected-room.ts';
import { relayLine } from './line-relay.ts';
import { type PendingRequest, PendingRequests } from './pending-requests.ts';
import type { RoomConnection } from './room-connection.ts';
import { type ConnectionStatus, RoomError, type RoomEvent, type RoomInfo } from './room.ts';
import { Watchdog } from './watchdog.ts';
import { WatchedTrace } from './watched-trace.ts';

/** As much of a Web Worker as the page uses. */
export interface RoomWorker {
  postMessage(message: ToRoomWorker, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<FromRoomWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}
export interface WorkerOptions {
  exercise: string;
  createWorker: () => RoomWorker;
  /** How often the worker is asked whether it is alive; it is lost after two that it leaves unanswered. */
  askEveryMs?: number;
}

/** Nothing outside the page can reach it: it has no address, no key and no ports. */
const info: RoomInfo = {
  address: '',
  watchKey: '',
  code: 'browser',
  tcpPort: null,
  tlsPort: null,
};

const gone = () => new RoomError('gone', 'The worker or its exercise could not be loaded.');

/** A room in a Web Worker of this page: it ends with the page. */
export class WorkerRoom extends ConnectedRoom {
  constructor(options: WorkerOptions) {
    super((emit) => new WorkerConnection(options, emit));
  }
}

class WorkerConnection implements RoomConnection {
  readonly place = 'browser';
  readonly isSaved = false;
  readonly #options: WorkerOptions;
  readonly #emit: (event: RoomEvent) => void;
  readonly #requests = new PendingRequests();
  readonly #trace: WatchedTrace;
  #status: ConnectionStatus = 'off';
  #worker: RoomWorker | undefined;
  #watch: MessagePort | undefined;
  #watchdog: Watchdog | undefined;
  #gone = new AbortController();
  #live = Promise.withResolvers<void>();

  constructor(options: WorkerOptions, emit: (event: RoomEvent) => void) {
    this.#options = options;
    this.#emit = emit;
    this.#trace = new WatchedTrace(emit);
  }

  get status(): ConnectionStatus {
    return this.#status;
  }
  get info(): RoomInfo | undefined {
    return this.#worker && info;
  }
  get run(): number {
    return this.#trace.run ?? 0;
  }

  connect(): Promise<void> {
    if (this.#status === 'lost') this.retry();
    if (this.#status === 'off') this.#open('new');
    return this.#live.promise;
  }
  /** A room whose worker has failed is gone: a fresh one takes its place. */
  retry(): void {
    if (this.#status !== 'lost') return;
    this.#live = Promise.withResolvers();
    this.#gone = new AbortController();
    this.#trace.forget();
    this.#open('replaced');
  }
  send(request: WatchRequest): void {
    if (this.#status === 'live') this.#watch?.postMessage(JSON.stringify(request));
  }
  async request(request: PendingRequest): Promise<WatchMessage> {
    await this.connect();
    return this.#requests.send(request, (numbered) =>
      this.#watch?.postMessage(JSON.stringify(numbered)),
    );
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
    const line = new MessageChannel();
    const message: ToRoomWorker = { type: 'line', device, port: line.port2 };
    this.#worker!.postMessage(target ? { ...message, target } : message, [line.port2]);
    return relayLine(port, line.port1, { signal, gone: this.#gone.signal }, onData);
  }
  close(): void {
    this.#end();
  }

  #open(how: 'new' | 'replaced'): void {
    this.#setStatus('connecting');
    const watch = new MessageChannel();
    watch.port1.onmessage = ({ data }: MessageEvent<unknown>) => this.#receive(data);
    this.#watch = watch.port1;
    let worker: RoomWorker;
    try {
      worker = this.#options.createWorker();
    } catch (error) {
      return this.#lose(new RoomError('internal', String(error)));
    }
    this.#worker = worker;
    const watchdog = new Watchdog({
      ask: () => worker.postMessage({ type: 'ask' }, []),
      onSilence: () => this.#lose(new RoomError('internal', 'The worker is silent.')),
      everyMs: this.#options.askEveryMs,
    });
    this.#watchdog = watchdog;
    worker.onmessage = ({ data }) => {
      if (data.type === 'here') watchdog.answered();
      else if (data.type === 'gone') this.#lose(gone());
      else this.#lose(new RoomError(data.error, data.message));
    };
    worker.onerror = (event) => {
      // A script that can't be loaded is an event without a message.
      const isGone = this.#status === 'connecting' && !event.message;
      this.#lose(isGone ? gone() : new RoomError('internal', event.message || 'The worker ended.'));
    };
    worker.postMessage({ type: 'open', exercise: this.#options.exercise, watch: watch.port2 }, [
      watch.port2,
    ]);
    this.#emit({ type: 'room', info, how });
  }

  #receive(data: unknown): void {
    if (data instanceof Uint8Array) return this.#trace.handleEntries(decodeBatch(data));
    const message = parseWatchMessage(String(data));
    if (!message) return;
    this.#trace.handle(message);
    if (message.type === 'welcome') {
      this.#setStatus('live');
      this.#live.resolve();
    }
    this.#requests.handle(message);
  }

  #setStatus(status: ConnectionStatus, error?: RoomError): void {
    this.#status = status;
    this.#emit({ type: 'connection', status, ...(error && { error }) });
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#watchdog?.stop();
    this.#watch?.close();
    this.#requests.abandon();
    this.#gone.abort();
  }

  #lose(error: RoomError): void {
    this.#end();
    this.#setStatus('lost', error);
    // A rejection without a caller is no error.
    this.#live.promise.catch(() => {});
    this.#live.reject(error);
  }
}

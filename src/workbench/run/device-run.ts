import type { DeviceState } from '../../../sandbox/protocol/trace.ts';
import type { FromDevice, LineTarget, ToDevice } from '../device/messages.ts';

export interface RunningDevice {
  stop(): void;
  send(message: ToDevice): void;
}
export interface StartOptions {
  /** File name without `.ts`. */
  name: string;
  program: string;
  language: 'en' | 'zh-tw';
  anyPort: boolean;
  openLine(port: MessagePort, target?: LineTarget): void;
  on(message: FromDevice): void;
  signal: AbortSignal;
}
/** What a running program needs of the rest. */
export interface DeviceRunDeps {
  language: 'en' | 'zh-tw';
  anyPort: boolean;
  deviceHost: { start(options: StartOptions): Promise<RunningDevice> };
  /** Resolves when the line is closed and everything sent on it has been received. */
  openLine(
    device: string,
    port: MessagePort,
    signal: AbortSignal,
    target?: LineTarget,
  ): Promise<void>;
  on(message: FromDevice): void;
  /** running first, then one of the others, once; the room may hear of it now. */
  onState(state: DeviceState): void;
  onBusy(): void;
}
/** politely: its clients say DISCONNECT. kill: as where the plug is pulled; the will is published. */
export type StopHow = 'politely' | 'kill';

/** A heartbeat comes every 500 ms; after this long without one the program is in a loop. */
export const busyAfterMs = 2_000;
/** Lines that one program may hold open: a room gives 20 to all. */
const mostLines = 10;
/** How long the end of a program waits for its last bytes to reach the room. */
const drainMs = 1_000;
/** How long a program may take to say goodbye; a frozen line lets nobody say it. */
export const politeMs = 2_000;

/** One program, from its start to its end: its worker, its lines, its heartbeat. */
export class DeviceRun {
  readonly name: string;
  busy = false;
  state: DeviceState = 'off';
  readonly #parts: DeviceRunDeps;
  readonly #abort = new AbortController();
  readonly #lines = new Set<Promise<void>>();
  #handle: RunningDevice | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Its end has begun: nothing more is heard of it. */
  #over = false;
  #told = false;
  /** What it becomes when it is over. */
  #last: DeviceState = 'off';
  #stopping = false;

  constructor(name: string, parts: DeviceRunDeps) {
    this.name = name;
    this.#parts = parts;
  }

  /** Rejects where no worker can be made. */
  async start(program: string): Promise<void> {
    if (this.#over) return;
    this.state = 'running';
    this.#parts.onState('running');
    const handle = await this.#parts.deviceHost.start({
      name: this.name,
      program,
      language: this.#parts.language,
      anyPort: this.#parts.anyPort,
      signal: this.#abort.signal,
      openLine: (port, target) => this.#openLine(port, target),
      on: (message) => this.#hear(message),
    });
    // Stopped, or already at its end, while its worker was being made.
    if (this.#over) return handle.stop();
    this.#handle = handle;
    this.#expectHeartbeat();
  }

  /** Over and told: its state is final. */
  get isOver(): boolean {
    return this.#told;
  }

  stop(how: StopHow): void {
    if (this.#over || this.#stopping) return this.kill();
    if (how === 'kill' || !this.#handle) return this.kill();
    this.#stopping = true;
    this.send({ type: 'end' });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.kill(), politeMs);
  }

  /** At once; its lines are cut. */
  kill(): void {
    const wasOver = this.#over;
    this.#over = true;
    this.#quiet();
    this.#abort.abort();
    if (!wasOver) this.#handle?.stop();
    this.#tell(this.#last);
  }

  send(message: ToDevice): void {
    this.#handle?.send(message);
  }

  #openLine(port: MessagePort, target?: LineTarget): void {
    if (this.#over || this.#lines.size >= mostLines) {
      port.postMessage(null);
      return port.close();
    }
    const line = this.#parts.openLine(this.name, port, this.#abort.signal, target);
    this.#lines.add(line);
    void line.finally(() => this.#lines.delete(line));
  }

  #hear(message: FromDevice): void {
    if (this.#over) return;
    if (!this.#stopping) this.#expectHeartbeat();
    if (message.type === 'ended') void this.#end(this.#stopping ? 'off' : 'ended');
    if (message.type === 'failed') void this.#end('failed');
    this.#parts.on(message);
  }

  #expectHeartbeat(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#setBusy(true), busyAfterMs);
    this.#setBusy(false);
  }

  #setBusy(busy: boolean): void {
    if (this.busy === busy) return;
    this.busy = busy;
    this.#parts.onBusy();
  }

  /** The room hears of the end only after the program's last bytes: its checks may ask "and then?". */
  async #end(state: 'ended' | 'failed' | 'off'): Promise<void> {
    this.#over = true;
    this.#last = state;
    this.#quiet();
    this.#handle?.stop();
    // As where a process dies: what a failed program had open is cut, not closed politely.
    if (state === 'failed') this.#abort.abort();
    await settled(this.#lines, drainMs);
    this.#abort.abort();
    this.#tell(state);
  }

  #quiet(): void {
    clearTimeout(this.#timer);
    this.#setBusy(false);
  }

  #tell(state: DeviceState): void {
    if (this.#told) return;
    this.#told = true;
    const hasRun = this.state === 'running';
    this.state = state;
    if (hasRun) this.#parts.onState(state);
  }
}

/** When all have settled, or after `ms`. */
async function settled(promises: Iterable<Promise<void>>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([Promise.allSettled([...promises]), limit]);
  clearTimeout(timer);
}

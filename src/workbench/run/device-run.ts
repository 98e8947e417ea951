import {
  mostError,
  type DeviceDetails,
  type DeviceState,
} from '../../../sandbox/protocol/trace.ts';
import type { DeviceHost, RunningDevice } from '../device/device.ts';
import type { FromDevice, LineTarget, ToDevice } from '../device/messages.ts';
import { openProgramLine } from './program-lines.ts';

export interface DeviceRunDeps {
  language: 'en' | 'zh-tw';
  anyPort: boolean;
  /** `StartDevice.hosts` */
  hosts: readonly string[];
  /** `StartDevice.files` */
  files?: Readonly<Record<string, string>> | undefined;
  deviceHost: Pick<DeviceHost, 'start'>;
  /** Resolves when the line is closed and everything sent on it has been received. */
  openLine(
    device: string,
    port: MessagePort,
    signal: AbortSignal,
    target: LineTarget,
  ): Promise<void>;
  on(message: FromDevice): void;
  /** `running` first, then one of the others, once; the room may be notified now. */
  onState(state: DeviceState, details?: DeviceDetails): void;
  onBusy(): void;
}
/** `politely`: its clients send DISCONNECT. `kill`: the connection is cut, the will is published. */
export type StopHow = 'politely' | 'kill';

/** A heartbeat comes every 500 ms; after this long without one the program is in a loop. */
export const busyAfterMs = 2_000;
/** How long the end of a program waits for its last bytes to reach the room. */
const drainMs = 1_000;
/** How long a program may take to disconnect; on a frozen line it never can. */
export const disconnectMs = 2_000;

/** One program, from its start to its end: its worker, its lines, its heartbeat. */
export class DeviceRun {
  readonly name: string;
  busy = false;
  state: DeviceState = 'off';
  readonly #deps: DeviceRunDeps;
  readonly #abort = new AbortController();
  readonly #lines = new Set<Promise<void>>();
  #running: RunningDevice | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Its end has begun: nothing more of it is handled. */
  #over = false;
  #reported = false;
  /** Its state when it is over. */
  #last: DeviceState = 'off';
  /** What ended it. */
  #error: string | undefined;
  #stopping = false;

  constructor(name: string, deps: DeviceRunDeps) {
    this.name = name;
    this.#deps = deps;
  }

  /** Rejects if no worker can be made. */
  async start(program: string): Promise<void> {
    if (this.#over) return;
    this.state = 'running';
    this.#deps.onState('running');
    const running = await this.#deps.deviceHost.start({
      name: this.name,
      program,
      language: this.#deps.language,
      anyPort: this.#deps.anyPort,
      hosts: this.#deps.hosts,
      files: this.#deps.files,
      signal: this.#abort.signal,
      openLine: (port, target) => this.#openLine(port, target),
      on: (message) => this.#handle(message),
    });
    // Stopped, or already at its end, while its worker was being made.
    if (this.#over) return running.stop();
    this.#running = running;
    this.#expectHeartbeat();
  }

  /** Over and reported: its state is final. */
  get isOver(): boolean {
    return this.#reported;
  }

  stop(how: StopHow): void {
    if (this.#over || this.#stopping) return this.kill();
    if (how === 'kill' || !this.#running) return this.kill();
    this.#stopping = true;
    this.send({ type: 'end' });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.kill(), disconnectMs);
  }

  /** At once; its lines are cut. */
  kill(): void {
    const wasOver = this.#over;
    this.#over = true;
    this.#quiet();
    this.#abort.abort();
    if (!wasOver) this.#running?.stop();
    this.#report(this.#last);
  }

  send(message: ToDevice): void {
    this.#running?.send(message);
  }

  #openLine(port: MessagePort, target: LineTarget): void {
    if (this.#over) {
      port.postMessage(null);
      return port.close();
    }
    openProgramLine(this.#lines, port, () =>
      this.#deps.openLine(this.name, port, this.#abort.signal, target),
    );
  }

  #handle(message: FromDevice): void {
    if (this.#over) return;
    if (!this.#stopping) this.#expectHeartbeat();
    if (message.type === 'ended') void this.#end(this.#stopping ? 'off' : 'ended');
    if (message.type === 'failed') {
      this.#error = message.message.slice(0, mostError);
      void this.#end('failed');
    }
    this.#deps.on(message);
  }

  #expectHeartbeat(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#setBusy(true), busyAfterMs);
    this.#setBusy(false);
  }

  #setBusy(busy: boolean): void {
    if (this.busy === busy) return;
    this.busy = busy;
    this.#deps.onBusy();
  }

  /** The end is reported after the program's last bytes: checks may depend on their order. */
  async #end(state: 'ended' | 'failed' | 'off'): Promise<void> {
    this.#over = true;
    this.#last = state;
    this.#quiet();
    this.#running?.stop();
    // As when a process dies: a failed program's lines are cut, not closed politely.
    if (state === 'failed') this.#abort.abort();
    await settled(this.#lines, drainMs);
    this.#abort.abort();
    this.#report(state);
  }

  #quiet(): void {
    clearTimeout(this.#timer);
    this.#setBusy(false);
  }

  #report(state: DeviceState): void {
    if (this.#reported) return;
    this.#reported = true;
    const hasRun = this.state === 'running';
    this.state = state;
    if (hasRun) this.#deps.onState(state, this.#error === undefined ? {} : { error: this.#error });
  }
}

/** Resolves when all have settled, or after `ms`. */
async function settled(promises: Iterable<Promise<void>>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([Promise.allSettled([...promises]), limit]);
  clearTimeout(timer);
}

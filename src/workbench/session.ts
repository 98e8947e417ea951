import type { BrokerFiles, DeviceState } from '../../sandbox/protocol.ts';
import type { FromDevice, ToDevice } from './device/messages.ts';
import type { EndReason, Problem, SessionState } from './session-state.ts';

export type Compiled = { program: string } | { problems: Problem[] };
export interface RunningDevice {
  stop(): void;
  send(message: ToDevice): void;
}
export interface StartOptions {
  /** File name without `.ts`. */
  name: string;
  program: string;
  language: 'en' | 'zh-tw';
  openLine(port: MessagePort): void;
  on(message: FromDevice): void;
  signal: AbortSignal;
}
/** What a session needs of the rest; the workbench gives the real ones. */
export interface SessionParts {
  /** File names of the programs. */
  devices: readonly string[];
  language: 'en' | 'zh-tw';
  compile(file: string): Promise<Compiled>;
  deviceHost: { start(options: StartOptions): Promise<RunningDevice> };
  room: {
    reset(files?: BrokerFiles): Promise<number>;
    /** Resolves when the line is closed and everything sent on it has been received. */
    openLine(device: string, port: MessagePort, signal: AbortSignal): Promise<void>;
    device(device: string, state: DeviceState): void;
  };
  onState(state: SessionState): void;
  onDevice(device: string, message: FromDevice): void;
  onDeviceState(device: string, state: DeviceState): void;
}

/** A heartbeat comes every 500 ms; after this long without one the program is in a loop. */
export const busyAfterMs = 2_000;
/** Lines that one program may hold open: a room gives 20 to all. */
const mostLines = 10;
/** How long the end of a program waits for its last bytes to reach the room. */
const drainMs = 1_000;

interface Device {
  state: DeviceState;
  /** Ends its worker and cuts its lines; the run's own controller aborts it too. */
  abort: AbortController;
  lines: Set<Promise<void>>;
  handle?: RunningDevice;
  heartbeat?: ReturnType<typeof setTimeout>;
}
interface Run {
  abort: AbortController;
  devices: Map<string, Device>;
  busy: Set<string>;
}

/** One exercise's runs: idle → compiling → starting → running → ended. Knows no DOM. */
export class Session {
  readonly #parts: SessionParts;
  #run: Run | undefined;
  #state: SessionState = { phase: 'idle' };

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  get state(): SessionState {
    return this.#state;
  }
  get active(): boolean {
    return this.#run !== undefined;
  }

  /** Ends the run before it. Resolves when the programs run, or when it is known that they won't. */
  async run(files?: BrokerFiles): Promise<void> {
    this.#end('stopped');
    const run: Run = { abort: new AbortController(), devices: new Map(), busy: new Set() };
    this.#run = run;
    this.#enter({ phase: 'compiling' });
    let reason: EndReason = 'failed';
    try {
      const programs = await this.#compile();
      if (this.#run !== run) return;
      if ('problems' in programs) return this.#end('problems', { problems: programs.problems });
      this.#enter({ phase: 'starting' });
      reason = 'disconnected';
      await this.#parts.room.reset(files);
      if (this.#run !== run) return;
      reason = 'failed';
      for (const { name } of programs.list) {
        const abort = new AbortController();
        run.abort.signal.addEventListener('abort', () => abort.abort());
        run.devices.set(name, { state: 'running', abort, lines: new Set() });
      }
      this.#enter({ phase: 'running', busy: [] });
      await Promise.all(programs.list.map(({ name, program }) => this.#start(run, name, program)));
    } catch (error) {
      if (this.#run === run) this.#end(reason, { error });
    }
  }

  stop(): void {
    this.#end('stopped');
  }

  /** Ends the run and gives the room its first state again. */
  async reset(files?: BrokerFiles): Promise<void> {
    this.#end('stopped');
    this.#enter({ phase: 'idle' });
    await this.#parts.room.reset(files);
  }

  /** The room is gone or out of reach: what runs can't be seen any more. */
  disconnected(error?: unknown): void {
    if (this.#state.phase === 'running') this.#end('disconnected', { error });
  }

  send(device: string, message: ToDevice): void {
    this.#run?.devices.get(device)?.handle?.send(message);
  }

  async #compile(): Promise<
    { list: { name: string; program: string }[] } | { problems: Problem[] }
  > {
    const list: { name: string; program: string }[] = [];
    const problems: Problem[] = [];
    for (const file of this.#parts.devices) {
      const compiled = await this.#parts.compile(file);
      if ('problems' in compiled) problems.push(...compiled.problems);
      else list.push({ name: file.replace(/\.ts$/, ''), program: compiled.program });
    }
    return problems.length > 0 ? { problems } : { list };
  }

  async #start(run: Run, name: string, program: string): Promise<void> {
    const device = run.devices.get(name);
    if (!device) return;
    this.#report(name, 'running');
    const handle = await this.#parts.deviceHost.start({
      name,
      program,
      language: this.#parts.language,
      signal: device.abort.signal,
      openLine: (port) => this.#openLine(run, name, port),
      on: (message) => this.#hear(run, name, message),
    });
    // Stopped, or already at its end, while its worker was being made.
    if (this.#run !== run || device.state !== 'running') return handle.stop();
    device.handle = handle;
    this.#expectHeartbeat(run, name);
  }

  #openLine(run: Run, name: string, port: MessagePort): void {
    const device = run.devices.get(name);
    if (this.#run !== run || !device || device.lines.size >= mostLines) {
      port.postMessage(null);
      return port.close();
    }
    const line = this.#parts.room.openLine(name, port, device.abort.signal);
    device.lines.add(line);
    void line.finally(() => device.lines.delete(line));
  }

  #hear(run: Run, name: string, message: FromDevice): void {
    const device = run.devices.get(name);
    if (this.#run !== run || !device || device.state !== 'running') return;
    this.#expectHeartbeat(run, name);
    if (message.type === 'ended') void this.#deviceEnded(run, name, 'ended');
    if (message.type === 'failed') void this.#deviceEnded(run, name, 'failed');
    this.#parts.onDevice(name, message);
  }

  #expectHeartbeat(run: Run, name: string): void {
    const device = run.devices.get(name);
    if (!device) return;
    clearTimeout(device.heartbeat);
    device.heartbeat = setTimeout(() => this.#setBusy(run, name, true), busyAfterMs);
    this.#setBusy(run, name, false);
  }

  #setBusy(run: Run, name: string, busy: boolean): void {
    if (run.busy.has(name) === busy) return;
    if (busy) run.busy.add(name);
    else run.busy.delete(name);
    if (this.#run === run) this.#enter({ phase: 'running', busy: [...run.busy] });
  }

  /** The room hears of the end only after the program's last bytes: its checks may ask "and then?". */
  async #deviceEnded(run: Run, name: string, state: 'ended' | 'failed'): Promise<void> {
    const device = run.devices.get(name);
    if (!device) return;
    device.state = state;
    clearTimeout(device.heartbeat);
    this.#setBusy(run, name, false);
    device.handle?.stop();
    // As where a process dies: what a failed program had open is cut, not closed politely.
    if (state === 'failed') device.abort.abort();
    await settled(device.lines, drainMs);
    if (this.#run !== run) return;
    this.#report(name, state);
    const states = [...run.devices.values()].map((each) => each.state);
    if (states.includes('running')) return;
    this.#end(states.includes('failed') ? 'failed' : 'finished');
  }

  #end(reason: EndReason, more: { problems?: Problem[]; error?: unknown } = {}): void {
    const run = this.#run;
    if (!run) return;
    this.#run = undefined;
    run.abort.abort();
    for (const [name, device] of run.devices) {
      clearTimeout(device.heartbeat);
      device.handle?.stop();
      if (device.state === 'running') this.#report(name, 'off');
    }
    this.#enter({ phase: 'ended', reason, ...more });
  }

  #report(name: string, state: DeviceState): void {
    this.#parts.room.device(name, state);
    this.#parts.onDeviceState(name, state);
  }

  #enter(state: SessionState): void {
    this.#state = state;
    this.#parts.onState(state);
  }
}

/** When all have settled, or after `ms`. */
async function settled(promises: Iterable<Promise<void>>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([Promise.allSettled([...promises]), limit]);
  clearTimeout(timer);
}

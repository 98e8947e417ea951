import type { BrokerFiles } from '../../../sandbox/protocol/exercise.ts';
import type { DeviceDetails, DeviceState } from '../../../sandbox/protocol/trace.ts';
import type { CompileProblem } from '../compile/compiled.ts';
import type { DeviceHost } from '../device/device.ts';
import type { ToDevice } from '../device/messages.ts';
import { Emitter } from '../store/emitter.ts';
import { DeviceRun, type DeviceRunDeps, type StopHow } from './device-run.ts';
import type { EndReason, RunEvent, RunState } from './run-state.ts';

export interface ExerciseRunDeps {
  /** File names of the programs. */
  devices: readonly string[];
  language: 'en' | 'zh-tw';
  /** The room's broker has listeners of its own: a program may ask for any port. */
  anyPort?(): boolean;
  /** `StartDevice.hosts`, of a program. */
  hosts?(device: string): readonly string[];
  /** `StartDevice.files` */
  given?: Readonly<Record<string, string>> | undefined;
  compile(file: string): Promise<{ program: string } | { problems: CompileProblem[] }>;
  deviceHost: Pick<DeviceHost, 'start'>;
  room: {
    /** Resolves when lines can be opened. */
    connect(): Promise<unknown>;
    reset(files?: BrokerFiles): Promise<number>;
    openLine: DeviceRunDeps['openLine'];
    reportDevice(device: string, state: DeviceState, details?: DeviceDetails): void;
  };
}

interface CompiledProgram {
  /** File name without `.ts`. */
  name: string;
  program: string;
}
interface RunningDevices {
  devices: Map<string, DeviceRun>;
}

/** Runs the programs of one exercise: idle → compiling → starting → running → ended. */
export class ExerciseRun {
  readonly #deps: ExerciseRunDeps;
  readonly #events = new Emitter<RunEvent>();
  #run: RunningDevices | undefined;
  #state: RunState = { phase: 'idle' };

  constructor(deps: ExerciseRunDeps) {
    this.#deps = deps;
  }
  subscribe(listener: (event: RunEvent) => void): () => void {
    return this.#events.subscribe(listener);
  }

  get state(): RunState {
    return this.#state;
  }
  get active(): boolean {
    return this.#run !== undefined;
  }

  /**
   * Runs all programs in a fresh room. Ends the run before it. Resolves when they run, or when it is
   * known that they won't.
   */
  async run(files?: BrokerFiles): Promise<void> {
    await this.#begin(this.#deps.devices, () => this.#deps.room.reset(files));
  }

  /**
   * Runs one program, again if it runs already. The room stays as it is, with all that the broker
   * holds and the other programs; only the first run of all has a fresh one.
   */
  async runDevice(file: string, files?: BrokerFiles): Promise<void> {
    const run = this.#run;
    if (!run || this.#state.phase !== 'running') {
      const fresh = this.#state.phase === 'idle';
      return this.#begin([file], () =>
        fresh ? this.#deps.room.reset(files) : this.#deps.room.connect(),
      );
    }
    const programs = await this.#compile([file]);
    if (this.#run !== run) return;
    if ('problems' in programs) return this.#showRunning(programs.problems);
    await this.#start(run, programs.list);
  }

  /** `politely` ends it a moment later; a program that doesn't respond is killed then. */
  stopDevice(name: string, how: StopHow): void {
    this.#run?.devices.get(name)?.stop(how);
  }

  stop(): void {
    this.#end('stopped');
  }

  /** Ends the run and resets the room, without another run. */
  async startOver(files?: BrokerFiles): Promise<void> {
    this.#end('stopped');
    this.#enter({ phase: 'idle' });
    await this.#deps.room.reset(files);
  }

  /** The room is out of reach: ends what runs, since it can't be seen any more. */
  disconnected(error?: unknown): void {
    if (this.#state.phase === 'running') this.#end('disconnected', { error });
  }
  /** Another room has replaced the one that is gone: ends what ran in the old one. */
  replaced(): void {
    const state = this.#state;
    if (state.phase === 'running') return this.#end('replaced');
    if (state.phase !== 'ended' || state.reason !== 'disconnected') return;
    this.#enter({ phase: 'ended', reason: 'replaced' });
  }

  send(device: string, message: ToDevice): void {
    this.#run?.devices.get(device)?.send(message);
  }

  async #begin(files: readonly string[], makeRoom: () => Promise<unknown>): Promise<void> {
    this.#end('stopped');
    const run: RunningDevices = { devices: new Map() };
    this.#run = run;
    this.#enter({ phase: 'compiling' });
    let reason: EndReason = 'failed';
    try {
      const programs = await this.#compile(files);
      if (this.#run !== run) return;
      if ('problems' in programs) return this.#end('problems', { problems: programs.problems });
      this.#enter({ phase: 'starting' });
      reason = 'disconnected';
      await makeRoom();
      if (this.#run !== run) return;
      reason = 'failed';
      await this.#start(run, programs.list);
    } catch (error) {
      if (this.#run === run) this.#end(reason, { error });
    }
  }

  async #compile(
    files: readonly string[],
  ): Promise<{ list: CompiledProgram[] } | { problems: CompileProblem[] }> {
    const list: CompiledProgram[] = [];
    const problems: CompileProblem[] = [];
    for (const file of files) {
      const compiled = await this.#deps.compile(file);
      if ('problems' in compiled) problems.push(...compiled.problems);
      else list.push({ name: file.replace(/\.ts$/, ''), program: compiled.program });
    }
    return problems.length > 0 ? { problems } : { list };
  }

  /** All devices are registered before the first one starts: it may be over at once. */
  async #start(run: RunningDevices, programs: readonly CompiledProgram[]): Promise<void> {
    const started = programs.map(({ name, program }) => {
      const before = run.devices.get(name);
      const device = this.#device(run, name);
      run.devices.set(name, device);
      before?.kill();
      return { device, program };
    });
    this.#showRunning();
    await Promise.all(
      started.map(async ({ device, program }) => {
        if (this.#run === run) await device.start(program);
      }),
    );
  }

  #device(run: RunningDevices, name: string): DeviceRun {
    const { language, deviceHost, room } = this.#deps;
    const device: DeviceRun = new DeviceRun(name, {
      language,
      anyPort: this.#deps.anyPort?.() ?? false,
      hosts: this.#deps.hosts?.(name) ?? [],
      files: this.#deps.given,
      deviceHost,
      openLine: (...line) => room.openLine(...line),
      on: (message) => {
        if (this.#run === run) this.#events.emit({ type: 'device-message', device: name, message });
      },
      onBusy: () => this.#run === run && this.#showRunning(),
      onState: (state, details) => {
        room.reportDevice(name, state, details);
        this.#events.emit({ type: 'device-state', device: name, state });
        if (run.devices.get(name) === device) this.#endIfOver(run);
      },
    });
    return device;
  }

  #endIfOver(run: RunningDevices): void {
    const states = [...run.devices.values()].map(({ isOver, state }) =>
      isOver ? state : 'running',
    );
    if (this.#run !== run || states.includes('running')) return;
    if (states.includes('failed')) this.#end('failed');
    else this.#end(states.every((state) => state === 'off') ? 'stopped' : 'finished');
  }

  #end(reason: EndReason, more: { problems?: CompileProblem[]; error?: unknown } = {}): void {
    const run = this.#run;
    if (!run) return;
    this.#run = undefined;
    for (const device of run.devices.values()) device.kill();
    this.#enter({ phase: 'ended', reason, ...more });
  }

  #showRunning(problems?: CompileProblem[]): void {
    const busy = [...(this.#run?.devices.values() ?? [])].filter((device) => device.busy);
    this.#enter({
      phase: 'running',
      busy: busy.map(({ name }) => name),
      ...(problems && { problems }),
    });
  }

  #enter(state: RunState): void {
    this.#state = state;
    this.#events.emit({ type: 'state', state });
  }
}

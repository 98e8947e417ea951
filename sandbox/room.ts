/**
 * One isolated broker with its lines, its trace, its faults and its scene. A room does not know
 * where it lives: it takes duplex streams and speaks the typed messages of `protocol.ts`.
 */
import type { Duplex } from 'readable-stream';
import { createBroker, type Broker } from './broker.ts';
import { evaluate } from './checks.ts';
import { defaults, limitValues, type LimitValues } from './config.ts';
import { SandboxError } from './errors.ts';
import { arm, decide, weathered, type ArmedFault, type Decision, type Passing } from './faults.ts';
import { Line, type LineHost, type LineInfo } from './line.ts';
import { memoryPair } from './listeners/memory.ts';
import type {
  BrokerFiles,
  BrokerState,
  CheckResult,
  Exercise,
  FaultRule,
  LineWeather,
} from './protocol.ts';
import { startActor, type RunningActor } from './scene.ts';
import { Trace, type NewEntry } from './trace.ts';
import { Watch, type Viewer } from './watch.ts';

export interface RoomOptions {
  code: string;
  exercise?: Exercise;
  limits?: Partial<LimitValues>;
  /** How many lines at once; `limits.linesPerRoom` unless it is a class's. */
  maxLines?: number;
  watchBatchMs?: number;
  /** For tests of loss: 0 … 1. */
  random?: () => number;
}

/** Checks are asked so long after the first change, and not again before this share of time. */
const checkDelayMs = 5;
const checkShare = 10;

export class Room {
  readonly code: string;
  readonly limits: LimitValues;
  /** When somebody was last connected or watching, as of performance.now(). */
  usedAt = performance.now();
  readonly #options: RoomOptions;
  readonly #trace: Trace;
  readonly #lines = new Map<number, Line>();
  readonly #watches = new Set<Watch>();
  readonly #weather = new Map<string, LineWeather>();
  #broker: Broker | undefined;
  #actors: RunningActor[] = [];
  #armed: ArmedFault[] = [];
  #decide: LineHost['decide'] = null;
  #lineIds = 0;
  #run = 0;
  /** Resets follow one another; a line waits for the one under way. */
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;
  #checkTimer: ReturnType<typeof setTimeout> | undefined;
  #results: CheckResult[] = [];
  #resultsText = '';

  constructor(options: RoomOptions) {
    this.#options = options;
    this.code = options.code;
    this.limits = limitValues(options.limits);
    this.#trace = new Trace({ entries: this.limits.traceEntries, bytes: this.limits.traceBytes });
  }

  /** Counts resets; 1 once the scene is first in place. */
  get run(): number {
    return this.#run;
  }

  get trace(): Trace {
    return this.#trace;
  }

  get state(): BrokerState {
    return this.#broker?.state() ?? { clients: [], retained: [] };
  }

  /** Somebody is connected (the scene's actors aside) or watching. */
  get busy(): boolean {
    if (this.#watches.size > 0) return true;
    for (const line of this.#lines.values()) if (line.info.role !== 'actor') return true;
    return false;
  }

  /** The scene is in place: made on demand, by whoever comes first. */
  async ready(): Promise<void> {
    if (this.#run === 0) await this.reset(undefined, 0);
    else await this.#turn;
  }

  /**
   * A fresh broker with the scene in place; every line is closed. Answers the new run's number.
   * @param ifRun only where the room is still at this run
   */
  reset(files?: BrokerFiles, ifRun?: number): Promise<number> {
    const turn = this.#turn.then(async () => {
      if (this.#closed) throw new SandboxError('no-room');
      if (ifRun === undefined || ifRun === this.#run) await this.#reset(files);
      return this.#run;
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #reset(_files: BrokerFiles | undefined): Promise<void> {
    const scene = this.#options.exercise?.scene ?? {};
    await this.#empty();
    this.#run++;
    this.#trace.reset();
    this.#weather.clear();
    this.#armed = arm(scene.faults ?? []);
    this.#faultsChanged();
    for (const watch of this.#watches) {
      watch.restart();
      watch.viewer.message({ type: 'reset', run: this.#run });
    }
    const broker = await createBroker({ limits: this.limits });
    this.#broker = broker;
    broker.onChange(() => this.#changed());
    for (const { topic, payload, qos = 0 } of scene.retained ?? [])
      await broker.publish({ topic, payload, qos, retain: true });
    this.#actors = (scene.actors ?? []).map((actor) =>
      startActor(actor, () => {
        const [client, server] = memoryPair();
        this.#accept(server, { transport: 'memory', role: 'actor', name: actor.name });
        return client;
      }),
    );
    await Promise.all(this.#actors.map(({ ready }) => ready));
    this.#changed();
  }

  /** Gives a connection to the room; null, and the stream untouched, where it has no place left. */
  attach(socket: Duplex, info: LineInfo): Line | null {
    if (this.#closed || !this.#broker) return null;
    if (this.#lines.size >= (this.#options.maxLines ?? this.limits.linesPerRoom)) return null;
    return this.#accept(socket, info);
  }

  #accept(socket: Duplex, info: LineInfo): Line {
    return new Line(this.#host, ++this.#lineIds, socket, info);
  }

  readonly #host: LineHost = this.#makeHost();

  #makeHost(): LineHost {
    const room = this;
    return {
      get limits() {
        return room.limits;
      },
      append: (entry) => room.#append(entry),
      get decide() {
        return room.#decide;
      },
      weather: (line) => room.#weatherOf(line.info.name, line.clientId),
      connect(stream, line) {
        room.#lines.set(line.id, line);
        room.#broker!.handle(stream, { line: line.id });
      },
      closed(line) {
        room.#lines.delete(line.id);
        room.usedAt = performance.now();
      },
    };
  }

  #append(entry: NewEntry): number {
    const { n } = this.#trace.append(entry);
    this.#changed();
    return n;
  }

  // ── Faults ──

  armFaults(rules: readonly FaultRule[]): void {
    const live = this.#armed.filter(({ rule, struck }) => struck < (rule.times ?? 1));
    if (live.length + rules.length > this.limits.armedFaults)
      throw new SandboxError('too-many-faults');
    this.#armed = [...live, ...arm(rules)];
    this.#faultsChanged();
  }

  setWeather(weather: LineWeather): void {
    if (this.#weather.size >= this.limits.armedFaults && !this.#weather.has(weather.client))
      throw new SandboxError('too-many-faults');
    const calm = !weather.frozen && !weather.loss && !weather.latencyMs;
    if (calm) this.#weather.delete(weather.client);
    else this.#weather.set(weather.client, weather);
    this.#faultsChanged();
    for (const line of this.#linesOf(weather.client)) line.freeze(weather.frozen === true);
  }

  /** Cuts the lines of a device, an actor or a client id: no DISCONNECT, as if a cable was pulled. */
  cut(client: string): void {
    const lines = this.#linesOf(client);
    if (lines.length === 0) throw new SandboxError('no-client');
    for (const line of lines) {
      this.#append({ type: 'fault', line: line.id, action: 'cut' });
      line.close('fault');
    }
  }

  #linesOf(client: string): Line[] {
    return [...this.#lines.values()].filter(
      ({ info, clientId }) => info.name === client || clientId === client,
    );
  }

  /** With nothing armed a packet isn't even asked about. */
  #faultsChanged(): void {
    const none = this.#armed.length === 0 && this.#weather.size === 0;
    const random = this.#options.random ?? Math.random;
    this.#decide = none
      ? null
      : (passing: Passing): Decision => {
          const decision = decide(this.#armed, passing);
          if (decision.do !== 'pass') return decision;
          const weather = this.#weatherOf(passing.name, passing.clientId);
          return weather ? weathered(weather, random()) : decision;
        };
  }

  #weatherOf(name: string | undefined, clientId: string | undefined): LineWeather | undefined {
    return (
      (name === undefined ? undefined : this.#weather.get(name)) ??
      (clientId === undefined ? undefined : this.#weather.get(clientId))
    );
  }

  // ── What the page asks ──

  /** A device's state, as the page reports it: part of the trace that checks see. */
  device(device: string, state: 'off' | 'running' | 'ended' | 'failed'): void {
    this.#append({ type: 'device', device, state });
  }

  async clearRetained(topic: string): Promise<void> {
    await this.#broker?.clearRetained(topic);
  }

  /** The viewer gets everything from entry `n` of `run` on, or from the beginning of a later run. */
  watch(viewer: Viewer, from: { run: number; n: number }): { close(): void } {
    const next = from.run === this.#run ? Math.max(1, from.n) : 1;
    const watch = new Watch(viewer, {
      trace: this.#trace,
      run: () => this.#run,
      batchMs: this.#options.watchBatchMs ?? defaults.watchBatchMs,
      from: next,
    });
    if (this.#watches.size >= this.limits.watchersPerRoom) {
      // The newest page wins: the oldest is most likely a reload's forgotten half.
      const [oldest] = this.#watches;
      this.#watches.delete(oldest!);
      oldest!.close();
      oldest!.viewer.message({ type: 'closing', reason: 'replaced' });
    }
    this.#watches.add(watch);
    const missing = Math.max(0, this.#trace.first - next);
    viewer.message({ type: 'welcome', run: this.#run, missing });
    watch.flush();
    if (this.#results.length > 0)
      viewer.message({ type: 'checks', run: this.#run, results: this.#results });
    this.#changed();
    return {
      close: () => {
        this.#watches.delete(watch);
        watch.close();
        this.usedAt = performance.now();
      },
    };
  }

  // ── Checks ──

  /** The exercise's checks as they stand now. */
  checks(): CheckResult[] {
    const { exercise } = this.#options;
    const room = this;
    return exercise
      ? evaluate(exercise, {
          entries: this.#trace.all(),
          get state() {
            return room.state;
          },
        })
      : [];
  }

  #changed(): void {
    if (this.#watches.size === 0) return;
    for (const watch of this.#watches) watch.wake();
    if (!this.#options.exercise) return;
    this.#checkTimer ??= setTimeout(() => this.#check(), checkDelayMs);
  }

  #check(): void {
    const started = performance.now();
    const checked = this.#trace.last;
    this.#results = this.checks();
    const text = JSON.stringify([this.#run, this.#results]);
    if (text !== this.#resultsText) {
      this.#resultsText = text;
      for (const { viewer } of this.#watches)
        viewer.message({ type: 'checks', run: this.#run, results: this.#results });
    }
    // A long trace makes checks dear: they get a tenth of the time at most.
    const rest = (performance.now() - started) * checkShare;
    this.#checkTimer = setTimeout(() => {
      this.#checkTimer = undefined;
      if (this.#trace.last !== checked) this.#changed();
    }, rest);
  }

  // ── The end ──

  async #empty(): Promise<void> {
    for (const actor of this.#actors) actor.stop();
    this.#actors = [];
    for (const line of this.#lines.values()) line.close('room');
    const broker = this.#broker;
    this.#broker = undefined;
    await broker?.close();
  }

  async close(reason: 'expired' | 'stopping'): Promise<void> {
    this.#closed = true;
    await this.#turn;
    for (const watch of this.#watches) {
      watch.viewer.message({ type: 'closing', reason });
      watch.close();
    }
    this.#watches.clear();
    await this.#empty();
    clearTimeout(this.#checkTimer);
  }
}

/* eslint-disable max-lines -- the one owner of a run: its engine, lines, trace and viewers begin and end together */
/**
 * One isolated broker with its lines, its trace, its faults and its scene. A room does not know its
 * server: it takes duplex streams and typed requests (`protocol/api.ts`).
 */
import type { Duplex } from 'readable-stream';
import {
  readBrokerFiles,
  type ConfiguredBroker,
  type ListenerRefusal,
} from '../mosquitto/files.ts';
import { engineOptions } from '../mosquitto/engine-options.ts';
import type { Broker, BrokerOptions, EngineFactory } from '../engine/broker.ts';
import { CheckRunner } from '../checks/runner.ts';
import { evaluate } from '../checks/evaluate.ts';
import { defaults, limitValues, type LimitName, type LimitValues } from '../shared/config.ts';
import { listenerFor } from './listener-for.ts';
import { SandboxError } from '../shared/errors.ts';
import { Line, type LineHost } from '../line/line.ts';
import type { LineInfo } from '../line/line-info.ts';
import { memoryPair } from './memory-pair.ts';
import type { WatchMessage } from '../protocol/api.ts';
import type { BrokerFiles, CheckResult, Exercise } from '../protocol/exercise.ts';
import type { FaultRule, LinkConditions } from '../protocol/faults.ts';
import type { BrokerState } from '../protocol/state.ts';
import type { DeviceState, LimitEffect } from '../protocol/trace.ts';
import { Observers, type RoomEnd, type RoomObserver } from './observer.ts';
import { RoomFaults } from './room-faults.ts';
import { Viewers, type Watched } from './viewers.ts';
import { startActor, type RunningActor } from './scene.ts';
import type { NewEntry } from '../protocol/trace.ts';
import { Trace } from './trace.ts';
import type { Viewer } from './viewer-cursor.ts';

export interface RoomOptions {
  code: string;
  /** Starts the room's broker, anew for each run. */
  engine: EngineFactory;
  exercise?: Exercise;
  limits?: Partial<LimitValues>;
  /** How many lines at once; `limits.linesPerRoom`, or more for a class's room. */
  maxLines?: number;
  watchBatchMs?: number;
  /** The payload of `$SYS/broker/version`. */
  brokerVersion?: string;
  /** Rules of a room without files; `files` bring their own. */
  rules?: Pick<BrokerOptions, 'maxKeepAlive' | 'authorizeSubscribe'>;
  /** For tests of loss: 0 … 1. */
  random?: () => number;
}

export class Room {
  readonly code: string;
  readonly limits: LimitValues;
  readonly trace: Trace;
  /** When a client was last connected or a viewer last watched, as of performance.now(). */
  usedAt = performance.now();
  /** Whether a client was ever connected, or a viewer ever watched. */
  wasUsed = false;
  readonly #options: RoomOptions;
  readonly #lines = new Map<number, Line>();
  readonly #watches: Viewers;
  readonly #observers: Observers;
  readonly #faults: RoomFaults;
  readonly #checks: CheckRunner;
  readonly #host: LineHost;
  #broker: Broker | undefined;
  /** The room's parsed broker files; null without files: every client is allowed everything. */
  #start: ConfiguredBroker | null = null;
  /** The sandbox's limits, or lower ones from the room's files. */
  #lineLimits: LimitValues;
  #actors: RunningActor[] = [];
  #lineIds = 0;
  readonly #limitNoted = new Map<LimitName, number>();
  #run = 0;
  /** Resets run one after the other; a line waits for the current one. */
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: RoomOptions) {
    this.#options = options;
    this.code = options.code;
    this.limits = limitValues(options.limits);
    this.#lineLimits = this.limits;
    this.trace = new Trace({ entries: this.limits.traceEntries, bytes: this.limits.traceBytes });
    this.#faults = new RoomFaults(this.limits.armedFaults, options.random);
    this.#checks = new CheckRunner(
      () => this.checks(),
      (results) => {
        this.#watches.send({ type: 'checks', run: this.#run, results });
        this.#observers.checked(results);
      },
    );
    const { watchBatchMs = defaults.watchBatchMs } = options;
    const watched = this.#watched();
    this.#watches = new Viewers(watched, this.limits.watchersPerRoom, watchBatchMs);
    this.#observers = new Observers(watched, watchBatchMs);
    this.#host = this.#makeHost();
  }

  /** Counts resets; 1 once the scene is first in place. */
  get run(): number {
    return this.#run;
  }

  /** Throws `no-broker-state` if the engine can't report it. */
  get state(): BrokerState {
    if (this.#broker && !this.#broker.state) throw new SandboxError('no-broker-state');
    const state = this.#broker?.state?.() ?? { clients: [], retained: [] };
    if (!this.#start) return state;
    return { ...state, listeners: this.#start.listeners.map(({ port, from }) => ({ port, from })) };
  }

  /** A client (not an actor of the scene) is connected, or a viewer watches. */
  get busy(): boolean {
    if (this.#watches.size > 0) return true;
    for (const line of this.#lines.values()) if (line.info.role !== 'actor') return true;
    return false;
  }

  // ── Runs ──

  /** Resolves when the scene is in place. The first caller makes it. */
  async ready(): Promise<void> {
    if (this.#run === 0) await this.reset(undefined, 0);
    else await this.#turn;
  }

  /**
   * A fresh broker with the scene in place; every line is closed. Returns the new run's number.
   * @param files a broker's own files; default: the scene's
   * @param ifRun only if the room is still at this run
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

  async #reset(given: BrokerFiles | undefined): Promise<void> {
    const scene = this.#options.exercise?.scene ?? {};
    await this.#empty();
    this.#observers.flush();
    this.#run++;
    this.trace.reset();
    this.#checks.forget();
    this.#faults.reset(scene.faults);
    this.#watches.restart();
    this.#observers.restart();
    const files = given ?? scene.files;
    this.#start = files ? readBrokerFiles(files) : null;
    const packetBytes = Math.min(this.limits.packetBytes, this.#start?.maxPacketSize || Infinity);
    this.#lineLimits = { ...this.limits, packetBytes };
    const told = this.#filesMessage();
    if (told) this.#watches.send(told);
    for (const line of this.#start?.log ?? []) this.#append({ type: 'log', ...line });
    if (this.#start?.started !== false) await this.#startBroker();
    this.#changed();
  }

  async #startBroker(): Promise<void> {
    const { actors = [], retained = [] } = this.#options.exercise?.scene ?? {};
    const start = this.#start;
    const broker = await this.#options.engine({
      ...(start
        ? engineOptions(start, (id) => this.#lines.get(id)?.acceptedOn)
        : this.#options.rules),
      limits: this.limits,
      maxPacketSize: this.#lineLimits.packetBytes,
      sys: {
        version: this.#options.brokerVersion ?? defaults.brokerVersion,
        intervalMs: defaults.sysIntervalMs,
      },
      onLimit: (limit, _clientId, line, effect) => this.#overLimit(limit, line, effect),
    });
    this.#broker = broker;
    broker.onChange?.(() => this.#changed());
    if (start)
      broker.onLog?.((level, text) => {
        if (start.logs(level)) this.#append({ type: 'log', level, text });
      });
    if (retained.length > 0 && !broker.publish) throw new SandboxError('not-by-this-broker');
    for (const { topic, payload, qos = 0 } of retained)
      await broker.publish?.({ topic, payload, qos, retain: true });
    this.#actors = actors.map((actor) =>
      startActor(actor, () => {
        const [client, server] = memoryPair();
        const line = this.attach(server, { transport: 'memory', role: 'actor', name: actor.name });
        if (typeof line === 'string') server.destroy();
        return client;
      }),
    );
    await Promise.all(this.#actors.map(({ ready }) => ready));
  }

  // ── Lines ──

  /**
   * Adds a connection to the room. If the room is full, returns the reason and leaves the stream
   * untouched.
   */
  attach(socket: Duplex, info: LineInfo): Line | ListenerRefusal {
    if (this.#closed || !this.#broker) return this.#refuse('not-running', info);
    const guests = info.role !== 'actor';
    if (guests && this.#lines.size >= (this.#options.maxLines ?? this.limits.linesPerRoom))
      return this.#refuse('full', info);
    const door = this.#start && listenerFor(this.#start, info, (port) => this.#linesAt(port));
    if (typeof door === 'string') return this.#refuse(door, info);
    this.wasUsed ||= guests;
    return new Line(this.#host, ++this.#lineIds, socket, info, door?.port);
  }

  #refuse(refusal: ListenerRefusal, { transport, role, name, target }: LineInfo): ListenerRefusal {
    const port = target?.port;
    this.#append({
      type: 'line-refused',
      transport,
      role,
      refusal,
      ...(name !== undefined && { name }),
      ...(port !== undefined && { port }),
    });
    return refusal;
  }

  #linesAt(port: number): number {
    let count = 0;
    for (const { acceptedOn } of this.#lines.values()) if (acceptedOn?.port === port) count++;
    return count;
  }

  #makeHost(): LineHost {
    const room = this;
    return {
      get limits() {
        return room.#lineLimits;
      },
      append: (entry) => room.#append(entry),
      get decide() {
        return room.#faults.decide;
      },
      conditions: ({ info, clientId }) => room.#faults.conditionsOf({ name: info.name, clientId }),
      connect(stream, line) {
        room.#lines.set(line.id, line);
        room.#broker!.handle(stream, { line: line.id, port: line.acceptedOn?.port });
      },
      closed(line) {
        room.#lines.delete(line.id);
        room.usedAt = performance.now();
      },
    };
  }

  #append(entry: NewEntry): number {
    const n = this.trace.append(entry);
    this.#changed();
    return n;
  }

  /** A limit that is reached often is noted once a second; a limit that closes a line, always. */
  #overLimit(limit: LimitName, line: number | null, effect: LimitEffect): void {
    const now = performance.now();
    if (effect !== 'closed' && now - (this.#limitNoted.get(limit) ?? -Infinity) < 1000) return;
    this.#limitNoted.set(limit, now);
    const entry = { type: 'limit', limit, value: this.limits[limit], effect } as const;
    this.#append(line === null ? entry : { ...entry, line });
  }

  // ── Requests of the page ──

  /** @param replace in the place of those armed before; the scene's stay */
  armFaults(rules: readonly FaultRule[], replace = false): void {
    this.#faults.arm(rules, replace);
  }

  setConditions(conditions: LinkConditions): void {
    this.#faults.setConditions(conditions);
    for (const line of this.#linesOf(conditions.client)) line.freeze(conditions.frozen === true);
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

  /** The broker ends the client's connection, as its administrator may (5.0: reason code 0x98). */
  disconnect(clientId: string): void {
    if (this.#broker && !this.#broker.disconnect) throw new SandboxError('not-by-this-broker');
    if (!this.#broker?.disconnect?.(clientId)) throw new SandboxError('no-client');
  }

  #linesOf(client: string): Line[] {
    return [...this.#lines.values()].filter(
      ({ info, clientId }) => info.name === client || clientId === client,
    );
  }

  /** A device's state, as the page reports it: part of the trace that checks see. */
  device(device: string, state: DeviceState): void {
    this.#append({ type: 'device', device, state });
  }

  async clearRetained(topic: string): Promise<void> {
    if (this.#broker && !this.#broker.clearRetained) throw new SandboxError('not-by-this-broker');
    await this.#broker?.clearRetained?.(topic);
    this.#changed();
  }

  // ── Viewers and observers ──

  /** The viewer gets everything from entry `n` of `run` on, or from the beginning of a later run. */
  watch(viewer: Viewer, from: { run: number; n: number }): { close(): void } {
    const watch = this.#watches.open(viewer, from);
    this.wasUsed = true;
    this.#changed();
    return {
      close: () => {
        watch.close();
        this.usedAt = performance.now();
        this.#forgetObjects();
      },
    };
  }

  /** An observer is no viewer: it evicts nobody, and does not keep the room from being idle. */
  observe(observer: RoomObserver): { close(): void } {
    const observed = this.#observers.open(observer);
    this.#changed();
    return {
      close: () => {
        observed.close();
        this.#forgetObjects();
      },
    };
  }

  get #checksWanted(): boolean {
    return this.#watches.size > 0 || this.#observers.wantChecks;
  }

  /** Only checks ask for objects. */
  #forgetObjects(): void {
    if (!this.#checksWanted) this.trace.forgetObjects();
  }

  #watched(): Watched {
    const room = this;
    return {
      trace: this.trace,
      get run() {
        return room.#run;
      },
      get files() {
        return room.#filesMessage();
      },
      get checks() {
        return room.#checks.results;
      },
    };
  }

  #filesMessage(): WatchMessage | null {
    if (!this.#start) return null;
    const { started, problems } = this.#start;
    return { type: 'files', run: this.#run, started, problems };
  }

  /** The exercise's checks as they stand now. */
  checks(): CheckResult[] {
    const { exercise } = this.#options;
    if (!exercise) return [];
    const room = this;
    return evaluate(exercise, {
      entries: this.trace.remembered(),
      get state() {
        return room.state;
      },
    });
  }

  #changed(): void {
    if (this.#watches.size + this.#observers.size === 0) return;
    this.#watches.wake();
    this.#observers.wake();
    if (this.#options.exercise?.checks.length && this.#checksWanted) this.#checks.wake();
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

  async close(reason: RoomEnd): Promise<void> {
    this.#closed = true;
    await this.#turn;
    this.#watches.close(reason);
    await this.#empty();
    this.#checks.close();
    this.#observers.end(reason);
  }
}

/**
 * One isolated broker with its lines, its trace, its faults and its scene. A room does not know its
 * server: it takes duplex streams and typed requests (`protocol/api.ts`).
 */
import type { Duplex } from 'readable-stream';
import type { ListenerRefusal } from '../mosquitto/files.ts';
import { defaults, limitValues, type LimitValues } from '../shared/config.ts';
import { SandboxError } from '../shared/errors.ts';
import type { Line } from '../line/line.ts';
import type { LineInfo } from '../line/line-info.ts';
import type { Turns } from '../shared/turns.ts';
import type { BrokerFiles, CheckResult } from '../protocol/exercise.ts';
import type { FaultRule, LinkConditions } from '../protocol/faults.ts';
import type { MosquittoVersion } from '../protocol/mosquitto.ts';
import type { BrokerDeed } from '../protocol/process.ts';
import type { BrokerState } from '../protocol/state.ts';
import type { DeviceDetails, DeviceState, NewEntry, OnCloud } from '../protocol/trace.ts';
import { Audience, type ObservedRoom } from './audience.ts';
import type { RoomEnd, RoomObserver } from './observer.ts';
import { Resets } from './resets.ts';
import { RoomFaults } from './room-faults.ts';
import { isGuest, led, RoomLines } from './room-lines.ts';
import { RoomBrokers, type BrokersRoom } from './room-brokers.ts';
import type { RoomOptions } from './room-options.ts';
import { Trace } from './trace.ts';
import type { Viewer } from './viewer-cursor.ts';

export class Room implements ObservedRoom {
  readonly code: string;
  readonly limits: LimitValues;
  readonly trace: Trace;
  /** When a client was last connected or a viewer last watched, as of performance.now(). */
  usedAt = performance.now();
  /** Whether a client was ever connected, or a viewer ever watched. */
  wasUsed = false;
  readonly #options: RoomOptions;
  readonly #faults: RoomFaults;
  readonly #lines: RoomLines;
  readonly #audience: Audience;
  readonly #brokers: RoomBrokers;
  #run = 0;
  readonly #resets = new Resets({
    isNew: () => this.#run === 0,
    reset: (files) => this.#reset(files),
  });
  #closed = false;

  constructor(options: RoomOptions) {
    this.#options = options;
    this.code = options.code;
    this.limits = limitValues(options.limits);
    const { traceEntries: entries, traceBytes: bytes } = this.limits;
    this.trace = new Trace({ entries, bytes }, options.traces);
    this.#faults = new RoomFaults(this.limits.armedFaults, options.random);
    this.#brokers = this.#makeBrokers();
    this.#lines = this.#makeLines();
    const { exercise, watchBatchMs: batchMs = defaults.watchBatchMs } = options;
    const viewers = this.limits.watchersPerRoom;
    this.#audience = new Audience(this, { exercise, viewers, batchMs });
  }

  /** Counts resets; 1 once the scene is first in place. */
  get run(): number {
    return this.#run;
  }

  /** Throws `no-broker-state` if the engine can't report it. */
  get state(): BrokerState {
    return this.#brokers.state;
  }

  get mosquitto(): MosquittoVersion {
    return this.#brokers.house.version;
  }
  get configured(): ObservedRoom['configured'] {
    return this.#brokers.configured;
  }

  /** A client (not an actor of the scene) is connected, or a viewer watches. */
  get busy(): boolean {
    return this.#audience.hasViewers || this.#lines.hasGuests;
  }

  // ── Runs ──

  /** Resolves when the scene is in place. The first caller makes it. */
  async ready(turns?: Turns): Promise<void> {
    await this.#resets.first(turns);
  }

  /**
   * A fresh broker with the scene in place; every line is closed. Returns the new run's number.
   * Callers that ask while a reset waits share it; the files of the last one count.
   * @param files a broker's own files; default: the scene's
   */
  async reset(files?: BrokerFiles, turns?: Turns): Promise<number> {
    await this.#resets.ask(files, turns);
    return this.#run;
  }

  async #reset(given: BrokerFiles | undefined): Promise<void> {
    if (this.#closed) throw new SandboxError('no-room');
    const scene = this.#options.exercise?.scene ?? {};
    await this.#empty();
    this.#audience.flush();
    this.#run++;
    this.trace.reset();
    this.#faults.reset(scene.faults);
    this.#brokers.configure(given, scene);
    this.#audience.restart();
    this.#audience.configured();
    await this.#brokers.start(scene);
    this.#audience.wake();
  }

  /** Does something to the broker's process; throws if it can't start. Run and disk stay. */
  async operate(
    deed: BrokerDeed,
    files?: BrokerFiles,
    { turns, on }: { turns?: Turns | undefined; on?: OnCloud | undefined } = {},
  ): Promise<void> {
    if (this.#closed) throw new SandboxError('no-room');
    if (this.#run === 0) await this.ready(turns);
    await this.#resets.between(() => this.#brokers.operate(deed, files, on), turns);
  }

  #makeBrokers(): RoomBrokers {
    const room: BrokersRoom = {
      limits: this.limits,
      lines: () => this.#lines,
      audience: () => this.#audience,
      append: (entry) => this.#append(entry),
      attach: (socket, info) => this.attach(socket, info),
      startLater: (on) => void this.operate('start', undefined, { on }).catch(() => {}),
    };
    return new RoomBrokers(room, this.#options);
  }

  // ── Lines ──

  /** Adds a connection; returns the reason, and leaves the stream untouched, if there is no place. */
  attach(socket: Duplex, given: LineInfo, turns?: Turns): Line | ListenerRefusal {
    const info = led(given, this.#options.exercise?.scene.machines);
    if (!info) return this.#lines.refuse('elsewhere', given);
    const broker = this.#closed ? undefined : this.#brokers.at(info.on);
    const refusal = broker ? broker.refusal : 'not-running';
    if (refusal) return this.#lines.refuse(refusal, info);
    const line = this.#lines.attach(socket, { info, start: broker!.configured, turns });
    if (typeof line !== 'string') this.wasUsed ||= isGuest(line);
    return line;
  }

  #makeLines(): RoomLines {
    const brokers = this.#brokers;
    const most = this.#options.maxLines ?? this.limits.linesPerRoom;
    const ofRoom = {
      get limits() {
        return brokers.house.lineLimits;
      },
      append: (entry: NewEntry) => this.#append(entry),
      handle: (stream: Duplex, line: Line) => brokers.at(line.info.on)?.handle(stream, line),
      left: () => void (this.usedAt = performance.now()),
    };
    return new RoomLines(ofRoom, this.#faults, most);
  }

  #append(entry: NewEntry): number {
    const n = this.trace.append(entry);
    this.#audience.wake();
    return n;
  }

  // ── Requests of the page ──

  /** @param replace in the place of those armed before; the scene's stay */
  armFaults(rules: readonly FaultRule[], replace = false): void {
    this.#faults.arm(rules, replace);
  }

  setConditions(conditions: LinkConditions): void {
    this.#faults.setConditions(conditions);
    this.#lines.freeze(conditions.client, conditions.frozen === true);
  }

  /** Cuts the lines of a device, an actor or a client id: no DISCONNECT, as if a cable was pulled. */
  cut(client: string): void {
    this.#lines.cut(client);
  }

  /** The broker ends the client's connection, as its administrator may (5.0: reason code 0x98). */
  disconnect(clientId: string, on?: OnCloud): void {
    this.#brokers.at(on)?.disconnect(clientId);
  }

  /** A device's state and what else the page says of it: in the trace, for checks and hints. */
  device(device: string, state: DeviceState, details: DeviceDetails = {}): void {
    this.#append({ type: 'device', device, state, ...details });
  }

  async clearRetained(topic: string, on?: OnCloud): Promise<void> {
    await this.#brokers.at(on)?.clearRetained(topic);
  }

  // ── Viewers and observers ──

  /** The viewer gets everything from entry `n` of `run` on, or from the beginning of a later run. */
  watch(viewer: Viewer, from: { run: number; n: number }): { close(): void } {
    const watch = this.#audience.watch(viewer, from);
    this.wasUsed = true;
    return {
      close: () => {
        watch.close();
        this.usedAt = performance.now();
      },
    };
  }

  /** An observer is no viewer: it evicts nobody, and does not keep the room from being idle. */
  observe(observer: RoomObserver): { close(): void } {
    return this.#audience.observe(observer);
  }

  /** The present results of the exercise's checks. */
  checks(): CheckResult[] {
    return this.#audience.results();
  }

  // ── The end ──

  async #empty(): Promise<void> {
    this.#brokers.rest();
    this.#lines.closeAll();
    await this.#brokers.close();
  }

  async close(reason: RoomEnd): Promise<void> {
    this.#closed = true;
    await this.#resets.idle();
    this.#audience.closeViewers(reason);
    await this.#empty();
    this.#audience.end(reason);
    this.trace.close();
  }
}

/** The broker of a room: a new engine for each run, configured by the room's files and the scene. */
import type { Duplex } from 'readable-stream';
import type { Broker, BrokerOptions, EngineFactory } from '../engine/broker.ts';
import { heldBy } from '../engine/saved-state.ts';
import type { Line } from '../line/line.ts';
import { engineFacts, engineOptions } from '../mosquitto/engine-options.ts';
import { factsOf, type Facts } from '../mosquitto/conf/changes.ts';
import { readBrokerFiles, type ConfiguredBroker } from '../mosquitto/files.ts';
import { hasFiles, type BrokerFiles, type Scene } from '../protocol/exercise.ts';
import { usualMosquitto, type MosquittoVersion } from '../protocol/mosquitto.ts';
import type { BrokerProcess as ProcessState } from '../protocol/process.ts';
import type { BrokerState } from '../protocol/state.ts';
import type { LimitEffect, NewEntry } from '../protocol/trace.ts';
import type { AcceptedOn } from '../shared/accepted-on.ts';
import { defaults, type LimitName, type LimitValues } from '../shared/config.ts';
import { SandboxError } from '../shared/errors.ts';
import { BrokerProcess, startLog, stateOf, type ProcessHost } from './broker-process.ts';
import { Disk } from './disk.ts';
import { StartLimit } from './systemd.ts';
import { startScene, type RunningActor } from './scene.ts';

export type RoomRules = Pick<
  BrokerOptions,
  'maxKeepAlive' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe' | 'authorizeDeliver'
>;

export interface RoomBrokerOptions {
  /** Starts a new broker for each run. */
  engine: EngineFactory;
  /** Where neither the exercise nor the learner chooses. */
  mosquitto?: MosquittoVersion | undefined;
  /** Rules of a room without files; `files` bring their own. `whoOf`: as whom a line was accepted. */
  rules?: RoomRules | ((whoOf: (line: number) => string | undefined) => RoomRules);
}

/** What the broker needs of its room. */
export interface BrokerRoom {
  readonly limits: LimitValues;
  append(entry: NewEntry): number;
  /** The broker's state is different. */
  changed(): void;
  acceptedOn(line: number): AcceptedOn | undefined;
  /** As whom a line was accepted; undefined for anybody. */
  whoOf(line: number): string | undefined;
  /** An actor's end of a fresh line. */
  dial(actor: string): Duplex;
}

/** The first process of a machine that has just started. */
const firstPid = 734;

export class RoomBroker implements ProcessHost {
  /** The room's parsed broker files; null without files: every client is allowed everything. */
  configured: ConfiguredBroker | null = null;
  /** Which Mosquitto the room is in this run. */
  version: MosquittoVersion;
  /** The sandbox's limits, or lower ones from the room's files. */
  lineLimits: LimitValues;
  readonly #room: BrokerRoom;
  readonly #options: RoomBrokerOptions;
  disk = new Disk();
  #process: BrokerProcess | undefined;
  /** Why there is none. */
  #ended: Exclude<ProcessState['state'], 'running'> = 'failed';
  #starts = new StartLimit();
  #pid = firstPid;
  #actors: RunningActor[] = [];
  readonly #limitNoted = new Map<LimitName, number>();

  constructor(room: BrokerRoom, options: RoomBrokerOptions) {
    this.#room = room;
    this.#options = options;
    this.lineLimits = room.limits;
    this.version = options.mosquitto ?? usualMosquitto;
  }

  get facts(): Facts {
    return factsOf(this.version);
  }

  get #engine(): Broker | undefined {
    return this.#process?.engine;
  }

  /** A fresh machine for the run that begins, with the files given, or the scene's. */
  configure(given: BrokerFiles | undefined, scene: Scene): void {
    this.disk = new Disk();
    this.#starts = new StartLimit();
    this.#pid = firstPid;
    this.#read(given, scene);
  }

  #read(given: BrokerFiles | undefined, scene: Scene): void {
    const { limits } = this.#room;
    const chosen = given ?? scene.files;
    const { mosquitto, ...files } = chosen ?? {};
    this.version = mosquitto ?? scene.mosquitto ?? this.#options.mosquitto ?? usualMosquitto;
    // Who only chooses a version has no files. No files and no choice: Mosquitto without a conf.
    const isChoice = mosquitto !== undefined && !hasFiles(files);
    this.configured = chosen && !isChoice ? readBrokerFiles(files, this.version) : null;
    const packetBytes = Math.min(limits.packetBytes, this.configured?.maxPacketSize || Infinity);
    this.lineLimits = { ...limits, packetBytes };
  }

  /** Starts the broker, unless the files prevent it, and puts the scene in place. */
  async start(scene: Scene): Promise<void> {
    this.#starts.tryStart();
    await this.#launch();
    const engine = this.#engine;
    if (engine) this.#actors = await startScene(scene, engine, (actor) => this.#room.dial(actor));
  }

  async #launch(): Promise<void> {
    const room = this.#room;
    const { configured } = this;
    for (const line of startLog(this)) room.append({ type: 'log', ...line });
    this.#ended = 'failed';
    if (configured?.started === false) return;
    const { engine, rules: given } = this.#options;
    const rules = typeof given === 'function' ? given((line) => room.whoOf(line)) : given;
    const version = `mosquitto version ${this.version}`;
    const options: BrokerOptions = {
      ...engineFacts(factsOf(this.version)),
      ...(configured ? engineOptions(configured, (line) => room.acceptedOn(line)) : rules),
      limits: room.limits,
      maxPacketSize: this.lineLimits.packetBytes,
      sys: { version, intervalMs: defaults.sysIntervalMs },
      onLimit: (limit, _clientId, line, effect) => this.#overLimit(limit, line, effect),
    };
    this.#process = await BrokerProcess.start(this, this.#pid, engine, options);
    this.#pid += 1 + Math.floor(Math.random() * 40);
  }

  append(entry: NewEntry): number {
    return this.#room.append(entry);
  }

  changed(): void {
    this.#room.changed();
  }

  // ── What is done to its process ──

  /** Returns whether it did something: a broker that does not run can't be stopped. */
  stop(): boolean {
    this.#process?.stop();
    return this.#gone('stopped');
  }

  /** SIGUSR1: it writes its file now, if its conf has persistence. */
  save(): void {
    this.#process?.save();
  }

  kill(what: 'killed' | 'power-cut'): boolean {
    this.#process?.kill(what);
    const isOff = what === 'power-cut' && this.#ended !== 'off' && !this.#process;
    if (isOff) this.#room.append({ type: 'broker', what });
    return this.#gone(what === 'killed' ? 'killed' : 'off') || isOff;
  }

  #gone(how: Exclude<ProcessState['state'], 'running'>): boolean {
    if (this.#process || how === 'off') this.#ended = how;
    return this.#process !== undefined;
  }

  /** As systemd starts it: with the files that are on the disk now. */
  async startAgain(given: BrokerFiles | undefined, scene: Scene): Promise<void> {
    if (this.#process) return;
    if (!this.#starts.tryStart()) {
      this.#ended = 'failed';
      this.#room.append({ type: 'broker', what: 'failed' });
      throw new SandboxError('started-too-often');
    }
    if (given) this.#read(given, scene);
    await this.#launch();
    this.#sayStarted();
  }

  #sayStarted(): void {
    const file = this.#process?.file;
    const what = this.#process ? 'started' : 'failed';
    this.#room.append({ type: 'broker', what, ...(file && { file: heldBy(file) }) });
    if (!this.#process) throw new SandboxError('bad-files');
  }

  get running(): boolean {
    return this.#process !== undefined;
  }

  /** Why no client can connect; undefined while the broker runs. */
  get refusal(): 'not-running' | 'stopped' | 'no-power' | undefined {
    if (this.#process) return undefined;
    if (this.#ended === 'off') return 'no-power';
    return this.configured?.started === false ? 'not-running' : 'stopped';
  }

  /** Throws `no-broker-state` if the engine can't report it. */
  get state(): BrokerState {
    if (this.#engine && !this.#engine.state) throw new SandboxError('no-broker-state');
    const state = {
      ...(this.#engine?.state?.() ?? { clients: [], retained: [] }),
      process: stateOf(this, this.#process, this.#ended),
    };
    if (!this.configured) return state;
    const open = this.#process ? this.configured.listeners : [];
    return { ...state, listeners: open.map(({ port, from }) => ({ port, from })) };
  }

  /** Gives the broker its end of a line. */
  handle(stream: Duplex, { id, acceptedOn }: Line): void {
    this.#engine!.handle(stream, { line: id, port: acceptedOn?.port });
  }

  /** Ends a client's connection, as the broker's administrator may (5.0: reason code 0x98). */
  disconnect(clientId: string): void {
    if (this.#engine && !this.#engine.disconnect) throw new SandboxError('not-by-this-broker');
    if (!this.#engine?.disconnect?.(clientId)) throw new SandboxError('no-client');
  }

  async clearRetained(topic: string): Promise<void> {
    if (this.#engine && !this.#engine.clearRetained) throw new SandboxError('not-by-this-broker');
    await this.#engine?.clearRetained?.(topic);
    this.#room.append({ type: 'retained-cleared', topic });
    this.#room.changed();
  }

  /** A limit that is reached often is noted once a second; a limit that closes a line, always. */
  #overLimit(limit: LimitName, line: number | null, effect: LimitEffect): void {
    const now = performance.now();
    if (effect !== 'closed' && now - (this.#limitNoted.get(limit) ?? -Infinity) < 1000) return;
    this.#limitNoted.set(limit, now);
    const entry = { type: 'limit', limit, value: this.#room.limits[limit], effect } as const;
    this.#room.append(line === null ? entry : { ...entry, line });
  }

  stopActors(): void {
    for (const actor of this.#actors) actor.stop();
    this.#actors = [];
  }

  /** Once its lines are closed. */
  async close(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    await process?.close();
  }
}

/** The broker of a room: a new engine for each run, configured by the room's files and the scene. */
import type { Duplex } from 'readable-stream';
import type { Broker, EngineFactory } from '../engine/broker.ts';
import { heldBy } from '../engine/saved-state.ts';
import type { Line } from '../line/line.ts';
import { factsOf, type Facts } from '../mosquitto/conf/changes.ts';
import type { ConfiguredBroker } from '../mosquitto/files.ts';
import type { BrokerFiles, BrokerName, Scene } from '../protocol/exercise.ts';
import { usualMosquitto, type MosquittoVersion } from '../protocol/mosquitto.ts';
import type { BrokerProcess as ProcessState } from '../protocol/process.ts';
import type { BrokerState } from '../protocol/state.ts';
import type { NewEntry, OnCloud } from '../protocol/trace.ts';
import type { AcceptedOn } from '../shared/accepted-on.ts';
import type { LimitValues } from '../shared/config.ts';
import { SandboxError } from '../shared/errors.ts';
import type { RoomOfBridges } from './bridge/room-of-bridges.ts';
import { BrokerBridges } from './broker-bridges.ts';
import { BrokerProcess, startLog, stateOf, type ProcessHost } from './broker-process.ts';
import { asLogged, chosenFiles } from './chosen-files.ts';
import { Disk } from './disk.ts';
import { launchOptions, type GivenRules } from './launch-options.ts';
import { LimitNotes } from './limit-notes.ts';
import { StartLimit } from './systemd.ts';
import { startScene, type RunningActor } from './scene.ts';

export type { RoomRules } from './launch-options.ts';

export interface RoomBrokerOptions {
  /** Starts a new broker for each run. */
  engine: EngineFactory;
  /** Where neither the exercise nor the learner chooses. */
  mosquitto?: MosquittoVersion | undefined;
  /** Rules of a room without files; `files` bring their own. `whoOf`: as whom a line was accepted. */
  rules?: GivenRules;
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
  readonly bridges: RoomOfBridges;
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
  readonly on: OnCloud | undefined;
  /** They wait for `begin` at the first start of a run. */
  readonly bridges: BrokerBridges;
  disk = new Disk();
  #process: BrokerProcess | undefined;
  /** Why there is none. */
  #ended: Exclude<ProcessState['state'], 'running'> = 'failed';
  #starts = new StartLimit();
  #pid = firstPid;
  #actors: RunningActor[] = [];
  readonly #limitNotes: LimitNotes;

  constructor(room: BrokerRoom, options: RoomBrokerOptions, name: BrokerName) {
    this.#room = room;
    this.on = name === 'cloud' ? name : undefined;
    this.#limitNotes = new LimitNotes(room.limits, (entry) => room.append(entry));
    this.bridges = new BrokerBridges(room.bridges, name, (lines) => {
      for (const line of lines) this.append({ type: 'log', ...line });
    });
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
    const { version, configured } = chosenFiles(given, scene, this.#options.mosquitto);
    this.version = version;
    this.configured = configured;
    const packetBytes = Math.min(limits.packetBytes, this.configured?.maxPacketSize || Infinity);
    this.lineLimits = { ...limits, packetBytes };
  }

  /** The first start of a run, unless the files prevent it. */
  async start(scene: Scene): Promise<void> {
    this.#ended = 'stopped';
    if (scene.docker && !this.configured) return;
    this.#starts.tryStart();
    await this.#launch();
  }

  /** Puts the scene in place. */
  async enter(scene: Scene): Promise<void> {
    const engine = this.#engine;
    if (engine) this.#actors = await startScene(scene, engine, (actor) => this.#room.dial(actor));
  }

  async #launch(): Promise<void> {
    const { configured } = this;
    const log = startLog(this);
    this.#ended = 'failed';
    if (configured?.started === false) return this.bridges.start(undefined, null, log);
    const { engine, rules } = this.#options;
    this.#process = await BrokerProcess.start(this, this.#pid, engine, {
      ...launchOptions(this.#room, rules, configured, this.version),
      maxPacketSize: this.lineLimits.packetBytes,
      onLimit: (limit, _clientId, line, effect) => this.#limitNotes.over(limit, line, effect),
    });
    this.#pid += 1 + Math.floor(Math.random() * 40);
    await this.bridges.start(this.#engine, configured, log);
  }

  append(given: NewEntry): number {
    const entry = asLogged(given, this.configured);
    return this.#room.append(this.on ? ({ ...entry, on: this.on } as NewEntry) : entry);
  }

  changed(): void {
    this.#room.changed();
  }

  // ── What is done to its process ──

  /** Returns whether it did something: a broker that does not run can't be stopped. */
  stop(): boolean {
    this.bridges.end(false);
    this.#process?.stop();
    return this.#gone('stopped');
  }

  /** SIGUSR1: it writes its file now, if its conf has persistence. */
  save(): void {
    this.#process?.save();
  }

  kill(what: 'killed' | 'power-cut'): boolean {
    this.bridges.end(what === 'power-cut');
    this.#process?.kill(what);
    const isOff = what === 'power-cut' && this.#ended !== 'off' && !this.#process;
    if (isOff) this.append({ type: 'broker', what });
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
      this.append({ type: 'broker', what: 'failed' });
      throw new SandboxError('started-too-often');
    }
    if (given) this.#read(given, scene);
    await this.#launch();
    this.bridges.begin();
    this.#sayStarted();
  }

  #sayStarted(): void {
    const file = this.#process?.file;
    const what = this.#process ? 'started' : 'failed';
    this.append({ type: 'broker', what, ...(file && { file: heldBy(file) }) });
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
    this.append({ type: 'retained-cleared', topic });
    this.#room.changed();
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

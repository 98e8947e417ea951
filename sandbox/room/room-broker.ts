/** The broker of a room: a new engine for each run, configured by the room's files and the scene. */
import type { Duplex } from 'readable-stream';
import type { Broker, BrokerOptions, EngineFactory } from '../engine/broker.ts';
import type { Line } from '../line/line.ts';
import { engineFacts, engineOptions } from '../mosquitto/engine-options.ts';
import { factsOf } from '../mosquitto/conf/changes.ts';
import { readBrokerFiles, type ConfiguredBroker } from '../mosquitto/files.ts';
import { hasFiles, type BrokerFiles, type Scene } from '../protocol/exercise.ts';
import { usualMosquitto, type MosquittoVersion } from '../protocol/mosquitto.ts';
import type { BrokerState } from '../protocol/state.ts';
import type { LimitEffect, NewEntry } from '../protocol/trace.ts';
import type { AcceptedOn } from '../shared/accepted-on.ts';
import { defaults, type LimitName, type LimitValues } from '../shared/config.ts';
import { SandboxError } from '../shared/errors.ts';
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

export class RoomBroker {
  /** The room's parsed broker files; null without files: every client is allowed everything. */
  configured: ConfiguredBroker | null = null;
  /** Which Mosquitto the room is in this run. */
  version: MosquittoVersion;
  /** The sandbox's limits, or lower ones from the room's files. */
  lineLimits: LimitValues;
  readonly #room: BrokerRoom;
  readonly #options: RoomBrokerOptions;
  #engine: Broker | undefined;
  #actors: RunningActor[] = [];
  readonly #limitNoted = new Map<LimitName, number>();

  constructor(room: BrokerRoom, options: RoomBrokerOptions) {
    this.#room = room;
    this.#options = options;
    this.lineLimits = room.limits;
    this.version = options.mosquitto ?? usualMosquitto;
  }

  /** Takes the files of the run that begins, or the scene's. */
  configure(given: BrokerFiles | undefined, scene: Scene): void {
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

  /** Starts the engine, unless the files prevent it, and puts the scene in place. */
  async start(scene: Scene): Promise<void> {
    const room = this.#room;
    const { configured } = this;
    for (const line of configured?.log ?? []) room.append({ type: 'log', ...line });
    if (configured?.started === false) return;
    const { engine, rules: given } = this.#options;
    const rules = typeof given === 'function' ? given((line) => room.whoOf(line)) : given;
    const version = `mosquitto version ${this.version}`;
    const broker = await engine({
      ...engineFacts(factsOf(this.version)),
      ...(configured ? engineOptions(configured, (line) => room.acceptedOn(line)) : rules),
      limits: room.limits,
      maxPacketSize: this.lineLimits.packetBytes,
      sys: { version, intervalMs: defaults.sysIntervalMs },
      onLimit: (limit, _clientId, line, effect) => this.#overLimit(limit, line, effect),
    });
    this.#engine = broker;
    broker.onChange?.(() => room.changed());
    if (configured)
      broker.onLog?.((level, text) => {
        if (configured.logs(level)) room.append({ type: 'log', level, text });
      });
    this.#actors = await startScene(scene, broker, (actor) => room.dial(actor));
  }

  get running(): boolean {
    return this.#engine !== undefined;
  }

  /** Throws `no-broker-state` if the engine can't report it. */
  get state(): BrokerState {
    if (this.#engine && !this.#engine.state) throw new SandboxError('no-broker-state');
    const state = this.#engine?.state?.() ?? { clients: [], retained: [] };
    if (!this.configured) return state;
    const listeners = this.configured.listeners.map(({ port, from }) => ({ port, from }));
    return { ...state, listeners };
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
    const broker = this.#engine;
    this.#engine = undefined;
    await broker?.close();
  }
}

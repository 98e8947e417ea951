/** The brokers of a room: the usual one, and in some rooms a second one on a machine of its own. */
import type { Duplex } from 'readable-stream';
import type { LineInfo } from '../line/line-info.ts';
import type { Line } from '../line/line.ts';
import { cloudFiles, type BrokerFiles, type Scene } from '../protocol/exercise.ts';
import type { BrokerDeed } from '../protocol/process.ts';
import type { BrokerState } from '../protocol/state.ts';
import type { NewEntry, OnCloud } from '../protocol/trace.ts';
import type { LimitValues } from '../shared/config.ts';
import { SandboxError } from '../shared/errors.ts';
import type { Audience, ObservedRoom } from './audience.ts';
import { BrokerDeeds } from './broker-deeds.ts';
import { memoryPair } from './memory-pair.ts';
import { RoomBroker, type BrokerRoom, type RoomBrokerOptions } from './room-broker.ts';
import type { RoomLines } from './room-lines.ts';

/** What the brokers need of their room. */
export interface BrokersRoom {
  readonly limits: LimitValues;
  lines(): RoomLines;
  audience(): Audience;
  append(entry: NewEntry): number;
  attach(socket: Duplex, info: LineInfo): Line | string;
  /** Starts a broker when its turn comes. */
  startLater(on: OnCloud | undefined): void;
}

interface Member {
  broker: RoomBroker;
  deeds: BrokerDeeds;
}

export class RoomBrokers {
  readonly #room: BrokersRoom;
  readonly #options: RoomBrokerOptions;
  readonly #ofBrokers: BrokerRoom;
  readonly house: RoomBroker;
  #houseDeeds: BrokerDeeds | undefined;
  #cloud: Member | undefined;

  constructor(room: BrokersRoom, options: RoomBrokerOptions) {
    this.#room = room;
    this.#options = options;
    this.#ofBrokers = {
      limits: room.limits,
      append: (entry) => room.append(entry),
      changed: () => room.audience().wake(),
      acceptedOn: (line) => room.lines().get(line)?.acceptedOn,
      whoOf: (line) => room.lines().get(line)?.info.who,
      dial(name) {
        const [client, server] = memoryPair();
        const line = room.attach(server, { transport: 'memory', role: 'actor', name });
        if (typeof line === 'string') server.destroy();
        return client;
      },
      bridges: {
        most: room.limits.bridgeHops,
        hasCloud: () => this.#cloud !== undefined,
        attach: (socket, info) => room.attach(socket, info),
      },
    };
    this.house = new RoomBroker(this.#ofBrokers, options, 'house');
  }

  /** How the brokers took their files; null without files. */
  get configured(): ObservedRoom['configured'] {
    const { configured: house } = this.house;
    const cloud = this.#cloud?.broker.configured;
    if (!cloud) return house;
    const there = cloud.problems.map((problem) => ({ ...problem, on: 'cloud' as const }));
    const started = cloud.started && house?.started !== false;
    return { started, problems: [...(house?.problems ?? []), ...there] };
  }

  at(on: OnCloud | undefined): RoomBroker | undefined {
    return on ? this.#cloud?.broker : this.house;
  }

  /** Fresh machines for the run that begins, with the files given, or the scene's. */
  configure(given: BrokerFiles | undefined, scene: Scene): void {
    this.house.configure(given, scene);
    this.#houseDeeds ??= this.#deedsOf(this.house, scene);
    const files = cloudFiles(given) ?? cloudFiles(scene.files);
    this.#cloud = undefined;
    if (!files) return;
    const broker = new RoomBroker(this.#ofBrokers, this.#options, 'cloud');
    broker.configure({ ...files, mosquitto: this.house.version }, {});
    this.#cloud = { broker, deeds: this.#deedsOf(broker, {}) };
  }

  #deedsOf(broker: RoomBroker, scene: Scene): BrokerDeeds {
    const { lines, audience, startLater } = this.#room;
    const later = { scene, startLater: () => startLater(broker.on) };
    return new BrokerDeeds(broker, lines(), audience(), later);
  }

  async start(scene: Scene): Promise<void> {
    const cloud = this.#cloud?.broker;
    await cloud?.start({});
    await this.house.start(scene);
    cloud?.bridges.begin();
    this.house.bridges.begin();
    await this.house.enter(scene);
  }

  async operate(deed: BrokerDeed, files: BrokerFiles | undefined, on?: OnCloud): Promise<void> {
    const deeds = on ? this.#cloud?.deeds : this.#houseDeeds;
    if (!deeds) throw new SandboxError('not-by-this-broker');
    await deeds.operate(deed, on ? cloudFiles(files) : files);
  }

  /** Throws `no-broker-state` if the engine can't report it. */
  get state(): BrokerState {
    const cloud = this.#cloud?.broker.state;
    return { ...this.house.state, ...(cloud && { cloud }) };
  }

  /** Nothing starts or happens by itself any more. */
  rest(): void {
    this.#houseDeeds?.forget();
    this.#cloud?.deeds.forget();
    this.house.stopActors();
    this.house.bridges.end(true);
    this.#cloud?.broker.bridges.end(true);
  }

  /** Once the lines are closed. */
  async close(): Promise<void> {
    await this.house.close();
    await this.#cloud?.broker.close();
  }
}

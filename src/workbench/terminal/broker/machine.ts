/**
 * The machine of the room's broker, for all terminals of a page: a room has one broker, and here it is
 * known who started it: the service, a `mosquitto` of a terminal, or a container.
 */
import type { BrokerFiles } from '../../../../sandbox/protocol/exercise.ts';
import type { BrokerDeed, BrokerProcess } from '../../../../sandbox/protocol/process.ts';
import type { BrokerService, ObservedBroker, Refusal } from '../room/broker-service.ts';

export type Starter = 'service' | 'terminal' | 'container';

export class BrokerMachine implements BrokerService {
  readonly room: ObservedBroker;
  #other: { by: 'terminal' | 'container'; pid: number | undefined; run: number } | undefined;

  constructor(room: ObservedBroker) {
    this.room = room;
  }

  process(): Promise<BrokerProcess | undefined> {
    return this.room.process();
  }
  problems(): string[] {
    return this.room.problems();
  }
  log(): string[] {
    return this.room.log();
  }

  /** Who started the process that runs; undefined: none runs. */
  starterOf(process: BrokerProcess | undefined): Starter | undefined {
    if (process?.pid === undefined) return undefined;
    const other = this.#other;
    // Each run starts the container again, whose process has another number then.
    if (other?.by === 'container') return 'container';
    return other?.pid === process.pid && other.run === this.room.run() ? 'terminal' : 'service';
  }

  /** Starts the broker with such files, for another than the service. */
  async start(by: 'terminal' | 'container', files: BrokerFiles): Promise<Refusal> {
    const refusal = await this.room.operate('start', files);
    const { pid } = (await this.process()) ?? {};
    this.#other = { by, pid, run: this.room.run() };
    return refusal;
  }

  /** What one does to the process, whoever started it. systemd starts only its own again. */
  async operate(deed: BrokerDeed, files?: BrokerFiles): Promise<Refusal> {
    const starter = this.starterOf(await this.process());
    const isOther = starter === 'terminal' || starter === 'container';
    const refusal = await this.room.operate(deed, files);
    if (isOther && deed === 'kill') await this.room.operate('stop');
    if (isOther && (deed === 'kill' || deed === 'stop')) this.#other = undefined;
    return refusal;
  }

  /** The service: without a process while another has the broker. */
  get service(): BrokerService {
    const { room } = this;
    const isTaken = async (): Promise<boolean> => {
      const starter = this.starterOf(await this.process());
      return starter === 'terminal' || starter === 'container';
    };
    return {
      process: async () => {
        const process = await this.process();
        return process && (await isTaken()) ? { state: 'stopped' } : process;
      },
      async operate(deed, files) {
        if (!(await isTaken())) return room.operate(deed, files);
        return deed === 'start' || deed === 'restart' ? 'address-in-use' : undefined;
      },
      problems: () => this.problems(),
      log: () => this.log(),
    };
  }
}

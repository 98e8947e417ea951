/** What a person does to the broker's process, and what follows for the lines of the room. */
import type { BrokerFiles, Scene } from '../protocol/exercise.ts';
import type { BrokerDeed } from '../protocol/process.ts';
import type { Audience } from './audience.ts';
import type { RoomBroker } from './room-broker.ts';
import type { RoomLines } from './room-lines.ts';
import { restartMs } from './systemd.ts';

export interface DeedsOptions {
  readonly scene: Scene;
  /** Starts the broker when its turn comes. */
  startLater(): void;
}

export class BrokerDeeds {
  readonly #broker: RoomBroker;
  readonly #lines: RoomLines;
  readonly #audience: Audience;
  readonly #options: DeedsOptions;
  /** systemd starts a killed broker again. */
  #revival: ReturnType<typeof setTimeout> | undefined;

  constructor(broker: RoomBroker, lines: RoomLines, audience: Audience, options: DeedsOptions) {
    this.#broker = broker;
    this.#lines = lines;
    this.#audience = audience;
    this.#options = options;
  }

  /** Throws `started-too-often`, or `bad-files` if it can't start. */
  async operate(deed: BrokerDeed, files?: BrokerFiles): Promise<void> {
    const broker = this.#broker;
    if (deed !== 'save') this.forget();
    if (deed === 'stop' || deed === 'restart') await this.#ended(broker.stop(), false);
    if (deed === 'kill' && broker.kill('killed')) {
      await this.#ended(true, false);
      this.#revival = setTimeout(() => this.#options.startLater(), restartMs);
    }
    if (deed === 'save') broker.save();
    if (deed === 'cut-power') await this.#ended(broker.kill('power-cut'), true);
    if (deed === 'start' || deed === 'restart') await this.#start(files);
  }

  async #start(files: BrokerFiles | undefined): Promise<void> {
    try {
      await this.#broker.startAgain(files, this.#options.scene);
    } finally {
      this.#lines.powerIsBack(this.#broker.on);
      this.#audience.configured();
      this.#audience.wake();
    }
  }

  async #ended(did: boolean, lostPower: boolean): Promise<void> {
    if (!did) return;
    if (lostPower) this.#lines.losePower(this.#broker.on);
    else this.#lines.closeOf(this.#broker.on);
    await this.#broker.close();
    this.#audience.wake();
  }

  /** Nothing is started again by itself. */
  forget(): void {
    clearTimeout(this.#revival);
  }
}

/** When a bridge tries again (`bridge__backoff_step`). */
import type { BridgeConf } from '../../mosquitto/conf/bridge-conf.ts';

export class Restarts {
  readonly #bounds: BridgeConf['restart'];
  /** Seconds; grows by chance if the conf has two bounds. */
  #wait: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(bounds: BridgeConf['restart']) {
    this.#bounds = bounds;
    this.#wait = bounds.most > bounds.least ? 0 : bounds.least;
  }

  /** It tries. */
  tried(): void {
    const { least, most } = this.#bounds;
    if (most <= least) return;
    const high = Math.max(least + 5, this.#wait * 3);
    this.#wait = Math.min(most, least + Math.floor(Math.random() * (high - least)));
  }

  /** It is connected. */
  reset(): void {
    const { least, most } = this.#bounds;
    if (most > least) this.#wait = least;
  }

  later(work: () => void): void {
    this.stop();
    this.#timer = setTimeout(work, this.#wait * 1000);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

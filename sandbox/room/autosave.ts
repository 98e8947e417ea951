/** When a broker saves what it holds, besides at its end (src/loop.c). */
import { afterThisTick } from '../shared/end-of-tick.ts';
import type { PersistenceConf } from '../mosquitto/conf/settings.ts';
import { TokenBucket } from '../shared/token-bucket.ts';

/** Saves a second, and at once: more would cost a busy room's neighbours time. */
const most = { perSecond: 10, burst: 50 };
const longestTimer = 2 ** 31 - 1;

export class Autosave {
  readonly #conf: PersistenceConf;
  readonly #save: () => void;
  readonly #rate = new TokenBucket(most.perSecond, most.burst);
  #interval: ReturnType<typeof setInterval> | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #changes = 0;
  #isDue = false;
  #stopped = false;

  constructor(conf: PersistenceConf, save: () => void) {
    this.#conf = conf;
    this.#save = save;
    const { autosave, onChanges, everything } = conf;
    // It compares whole seconds, and waits for more than so many.
    const ms = Math.min((autosave + 1) * 1000, longestTimer);
    if (autosave > 0 && !onChanges && !everything) this.#interval = setInterval(save, ms);
  }

  /** Something is different that would be saved. */
  changed(): void {
    const { autosave, onChanges, everything } = this.#conf;
    if (everything) return this.#endTransaction();
    if (!onChanges || autosave === 0 || ++this.#changes < autosave) return;
    this.#changes = 0;
    if (this.#isDue) return;
    this.#isDue = true;
    const ms = this.#rate.take(1);
    // What the client has sent is handled to its end first.
    if (ms === 0) afterThisTick(() => this.#due());
    else this.#soon = setTimeout(() => this.#due(), ms);
  }

  /** A transaction ends so many seconds after the last one at most. */
  #endTransaction(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    const ms = Math.min(this.#conf.autosave * 1000, longestTimer);
    this.#soon = setTimeout(() => this.#due(), Math.max(ms, 1000 / most.perSecond));
  }

  #due(): void {
    this.#isDue = false;
    if (!this.#stopped) this.#save();
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#interval);
    clearTimeout(this.#soon);
  }
}

import type { OnCloud } from '../../../../sandbox/protocol/trace.ts';
import type { Words } from '../../i18n/words.ts';
import type { Moment } from '../../time/moment.ts';

/** Since when the broker keeps messages, by the room's clock at the moment that is shown. */
export class Ages {
  readonly #moment: Moment;
  #since: ReadonlyMap<string, number> = new Map();
  /** Room's time, and the page's when it was learnt: between entries only the page's goes on. */
  #at = 0;
  #learnt = 0;

  constructor(moment: Moment) {
    this.#moment = moment;
  }
  /** Call when the broker's state is drawn; `now`: milliseconds of the page's clock; `on`: which broker's. */
  sync(now: number, on?: OnCloud): void {
    const { entries } = this.#moment;
    const at = entries.at(-1)?.at ?? 0;
    if (at !== this.#at) this.#learnt = now;
    this.#at = at;
    const state = this.#moment.brokerState();
    this.#since = (on ? state.cloud : state)?.retainedSince ?? new Map();
  }
  /** Milliseconds; undefined if the trace does not show when it was kept. */
  of(topic: string, now: number): number | undefined {
    const since = this.#since.get(topic);
    if (since === undefined) return undefined;
    const passed = this.#moment.isNow ? now - this.#learnt : 0;
    return Math.max(0, this.#at + passed - since);
  }
}

const minute = 60_000;
const hour = 60 * minute;
/** “kept for 3 min”: in the unit that says enough. */
export function ageText(ms: number, words: Words): string {
  const t = (unit: string, count: number) =>
    words(`panels.broker.age.${unit}`, { count: Math.floor(count) });
  if (ms < minute) return t('seconds', ms / 1000);
  return ms < hour ? t('minutes', ms / minute) : t('hours', ms / hour);
}

/** What has come of a learner's pages, and which of them is shown. All of it is from the learner. */
import { lookSeconds, readScreen, type Screen } from '../../../sandbox/protocol/class-screen.ts';

/** Pages of the learner that are remembered, and messages that wait to be read. */
const mostPages = 8;

interface Received {
  screen: Screen;
  /** Milliseconds, by the clock of the caller. */
  at: number;
}

export class Screens {
  readonly #pages = new Map<string, Received>();
  #waiting: Uint8Array[] = [];

  /** Keeps the message until `read`; of a flood only the last ones. */
  add(payload: Uint8Array): void {
    this.#waiting = [...this.#waiting, payload].slice(-mostPages);
  }

  /** Reads what has come. @returns whether anything of it can be shown */
  read(now: number): boolean {
    const read = this.#waiting.map(readScreen).filter((screen) => screen !== undefined);
    this.#waiting = [];
    for (const screen of read) {
      this.#pages.delete(screen.page);
      this.#pages.set(screen.page, { screen, at: now });
    }
    for (const page of [...this.#pages.keys()].slice(0, -mostPages)) this.#pages.delete(page);
    return read.length > 0;
  }

  /** The page that the learner has in front of them, or that came last; null if none has said anything of late. */
  shown(now: number): Screen | null {
    const fresh = [...this.#pages.values()].filter(({ at }) => now - at < lookSeconds * 1_000);
    const front = fresh.findLast(({ screen }) => screen.isShown) ?? fresh.at(-1);
    return front?.screen ?? null;
  }

  clear(): void {
    this.#pages.clear();
    this.#waiting = [];
  }
}

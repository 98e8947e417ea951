/**
 * While a teacher looks over the learner's shoulder, the page sends what it shows: at most two screens a second,
 * only if something has changed, and again whenever the teacher's page says that it still looks.
 */
import {
  lookSeconds,
  screenJson,
  screenMs,
  type Look,
  type ScreenPart,
} from '../../../sandbox/protocol/class-screen.ts';

export interface ScreenHost {
  /** What the learner sees of an exercise; null if the page has none. */
  read(): ScreenPart | null;
  isShown(): boolean;
  send(json: string): void;
  /** Since when somebody looks, in milliseconds since 1970; null: nobody does. */
  looked(since: number | null): void;
  now(): number;
}

/** Pages that look at once: a teacher has a few. */
const mostLookers = 8;

export class ScreenSender {
  readonly #host: ScreenHost;
  readonly #page: string;
  readonly #lookers = new Map<string, { since: number; end: ReturnType<typeof setTimeout> }>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #sent = '';
  #since: number | null = null;

  /** @param page tells this page from the others of the learner */
  constructor(page: string, host: ScreenHost) {
    this.#page = page;
    this.#host = host;
  }

  look({ id, seconds }: Look): void {
    const known = this.#lookers.get(id);
    clearTimeout(known?.end);
    this.#lookers.delete(id);
    if (seconds !== null && this.#lookers.size < mostLookers) {
      // It began when it began: a message that was late does not move it.
      const since = known?.since ?? this.#host.now() - seconds * 1_000;
      const end = setTimeout(() => this.look({ id, seconds: null }), lookSeconds * 1_000);
      this.#lookers.set(id, { since, end });
    }
    this.#change();
  }

  /** The connection is lost: nothing can be sent, and whoever still looks says so anew. */
  stop(): void {
    for (const { end } of this.#lookers.values()) clearTimeout(end);
    this.#lookers.clear();
    this.#change();
  }

  #change(): void {
    const since = Math.min(...[...this.#lookers.values()].map((one) => one.since));
    const now = this.#lookers.size > 0 ? since : null;
    // Who comes later needs all of it.
    this.#sent = '';
    if (now !== this.#since) this.#host.looked((this.#since = now));
    if (now === null) clearInterval(this.#timer);
    else if (this.#timer === undefined) this.#timer = setInterval(() => this.#send(), screenMs);
    if (now === null) this.#timer = undefined;
  }

  #send(): void {
    const part = this.#host.read();
    if (!part) return;
    const json = screenJson({ ...part, page: this.#page, isShown: this.#host.isShown() });
    if (json === this.#sent) return;
    this.#sent = json;
    this.#host.send(json);
  }
}

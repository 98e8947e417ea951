/** Keeps what is assigned on the class's broker: published when it changes, and when an exercise opens. */
import { nextOpening, openedAt, type Assignment } from '../protocol/assignment.ts';

/** The longest time that a timer knows; milliseconds. */
const mostTimerMs = 2 ** 31 - 1;

export interface AssignedHost {
  read(): Assignment | null;
  /** Retained; an empty text takes it back. */
  publish(payload: string): void;
  /** Milliseconds since 1970. */
  now(): number;
}

export class Assigned {
  readonly #host: AssignedHost;
  #said = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: AssignedHost) {
    this.#host = host;
  }

  /** Publishes what is different from what was said last. */
  say(): void {
    const { read, publish, now } = this.#host;
    clearTimeout(this.#timer);
    const given = read();
    const at = now();
    const payload = given ? JSON.stringify(openedAt(given, at)) : '';
    if (payload !== this.#said) publish((this.#said = payload));
    const next = given && nextOpening(given, at);
    if (next === null) return;
    this.#timer = setTimeout(() => this.say(), Math.min(next - at, mostTimerMs));
    this.#timer.unref();
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}

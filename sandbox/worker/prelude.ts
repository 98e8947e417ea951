/**
 * Node's globals as aedes and MQTT.js use them, for a room in a browser. The bundler puts these in the
 * place of the free names (`scripts/vendor/room.ts`); the realm itself gets none of them.
 */
import { macrotask } from '../shared/macrotask.ts';

type Call = (...values: unknown[]) => void;

/** As Node's: behind all microtasks. */
export function setImmediate(call: Call, ...values: unknown[]): void {
  macrotask(() => call(...values));
}

/** A browser's timer is a number; aedes calls `refresh` on its own for each packet. */
class Timeout {
  readonly #call: () => void;
  readonly #ms: number;
  /** When it is due, as of performance.now(). */
  #due = 0;
  #id: number | undefined;

  constructor(call: () => void, ms: number) {
    this.#call = call;
    this.#ms = ms;
    this.refresh();
  }

  /** Starts the delay anew. A browser's timer that runs is kept: it waits for the rest when it fires. */
  refresh(): this {
    this.#due = performance.now() + this.#ms;
    if (this.#id === undefined) this.#arm(this.#ms);
    return this;
  }

  #arm(ms: number): void {
    this.#id = globalThis.setTimeout(() => {
      this.#id = undefined;
      const left = this.#due - performance.now();
      // Less than a browser's timers can tell apart.
      if (left >= 1) this.#arm(left);
      else this.#call();
    }, ms) as unknown as number;
  }

  cancel(): void {
    globalThis.clearTimeout(this.#id);
    this.#id = undefined;
  }

  /** Nothing ends for want of timers in a browser. */
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

export const setTimeout = (call: Call, ms = 0, ...values: unknown[]): Timeout =>
  new Timeout(() => call(...values), ms);

export function clearTimeout(timer: Timeout | number | null | undefined): void {
  if (timer instanceof Timeout) timer.cancel();
  else globalThis.clearTimeout(timer ?? undefined);
}

/**
 * One direction of a line behind the faults: passes packets on in order. A packet that is delayed
 * holds back those behind it, as on a real wire; a frozen direction holds everything.
 */
export class DelayQueue {
  readonly #deliver: (frame: Uint8Array) => void;
  #waiting: { frame: Uint8Array; due: number }[] = [];
  #bytes = 0;
  #frozen = false;
  #atEnd: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deliver: (frame: Uint8Array) => void) {
    this.#deliver = deliver;
  }

  /** Bytes that wait here. */
  get bytes(): number {
    return this.#bytes;
  }

  /** True if a packet that isn't delayed may go straight through. */
  get clear(): boolean {
    return !this.#frozen && this.#waiting.length === 0;
  }

  put(frame: Uint8Array, delayMs = 0): void {
    if (this.clear && delayMs === 0) return this.#deliver(frame);
    const behind = this.#waiting.at(-1)?.due ?? 0;
    this.#waiting.push({ frame, due: Math.max(performance.now() + delayMs, behind) });
    this.#bytes += frame.length;
    this.#wake();
  }

  freeze(frozen: boolean): void {
    this.#frozen = frozen;
    this.#wake();
  }

  /** Calls `then` once everything that waits has passed: an end travels behind the packets. */
  end(then: () => void): void {
    if (this.clear) return then();
    this.#atEnd ??= then;
    this.#wake();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#waiting = [];
    this.#bytes = 0;
    this.#frozen = true;
    this.#atEnd = undefined;
  }

  #wake(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const next = this.#waiting[0];
    if (this.#frozen) return;
    if (!next) return this.#atEnd?.();
    this.#timer = setTimeout(() => this.#release(), Math.max(0, next.due - performance.now()));
  }

  #release(): void {
    // A timer may fire a fraction of a millisecond early.
    const now = performance.now() + 1;
    while (!this.#frozen && this.#waiting[0] && this.#waiting[0].due <= now) {
      const { frame } = this.#waiting.shift()!;
      this.#bytes -= frame.length;
      this.#deliver(frame);
    }
    this.#wake();
  }
}

/** One direction of a TCP connection: its bytes in order, each once. */

/** Bytes that may wait for what is missing before them. */
const mostWaiting = 1024 * 1024;
const mostSegments = 2_000;

/** `a - b` of sequence numbers, which start again after 2³². */
const distance = (a: number, b: number): number => (a - b) | 0;

export class TcpStream {
  #next: number | undefined;
  #waiting: { seq: number; data: Uint8Array }[] = [];
  #bytes = 0;

  /** A SYN: its data begin behind it. */
  synchronize(seq: number): void {
    this.#next = (seq + 1) >>> 0;
    this.#waiting = [];
    this.#bytes = 0;
  }
  /** Returns what is now whole. What was sent again is left out. */
  add(seq: number, data: Uint8Array): Uint8Array[] {
    if (data.length === 0) return [];
    // The capture began in the middle of the connection.
    this.#next ??= seq;
    this.#waiting.push({ seq, data });
    this.#bytes += data.length;
    const whole = this.#take();
    if (this.#bytes <= mostWaiting && this.#waiting.length <= mostSegments) return whole;
    // What is missing was not captured: on with what is there.
    const oldest = this.#waiting.reduce((a, b) => (distance(b.seq, a.seq) < 0 ? b : a));
    this.#next = oldest.seq;
    return [...whole, ...this.#take()];
  }

  #take(): Uint8Array[] {
    const whole: Uint8Array[] = [];
    for (;;) {
      const at = this.#waiting.findIndex(({ seq }) => distance(seq, this.#next!) <= 0);
      if (at < 0) return whole;
      const [{ seq, data }] = this.#waiting.splice(at, 1) as [{ seq: number; data: Uint8Array }];
      this.#bytes -= data.length;
      const fresh = data.subarray(Math.min(data.length, -distance(seq, this.#next!)));
      this.#next = (this.#next! + fresh.length) >>> 0;
      if (fresh.length > 0) whole.push(fresh);
    }
  }
}

/** The frames of a run, in order and without a gap, for those who come later. Of a long run the oldest go. */

/** Bytes that are kept. */
const keptBytes = 1_048_576;

interface Frame {
  bytes: Buffer;
  /** Numbers of its first entry in the trace, and of the first after it. */
  from: number;
  next: number;
}

export class FrameLog {
  #frames: Frame[] = [];
  #bytes = 0;

  add(frame: Frame): void {
    this.#frames.push(frame);
    this.#bytes += frame.bytes.length;
    while (this.#bytes > keptBytes && this.#frames.length > 1)
      this.#bytes -= this.#frames.shift()!.bytes.length;
  }

  clear(): void {
    this.#frames = [];
    this.#bytes = 0;
  }

  /** Those with the entry of this number, and later ones. */
  from(n: number): readonly Frame[] {
    const at = this.#frames.findIndex(({ from }) => from >= n);
    return at === -1 ? [] : this.#frames.slice(at);
  }
}

/** How many records are in a batch: `trace-batch.ts`. */
export function recordsIn(batch: Uint8Array): number {
  const view = new DataView(batch.buffer, batch.byteOffset, batch.byteLength);
  let n = 0;
  for (let at = 0; at < batch.length; at += 4 + view.getUint32(at)) n++;
  return n;
}

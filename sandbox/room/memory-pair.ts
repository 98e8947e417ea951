/** Lines without a socket: a pair of duplexes, each the other's far end. */
import { Duplex } from 'readable-stream';
import { concatBytes } from '../shared/bytes.ts';

class Half extends Duplex {
  other!: Half;
  #ready: (() => void) | undefined;

  constructor() {
    super({ allowHalfOpen: false });
    this.on('error', () => {});
  }

  override _read(): void {
    const ready = this.#ready;
    this.#ready = undefined;
    ready?.();
  }

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.other.#take(chunk, done);
  }

  override _writev(chunks: { chunk: Uint8Array }[], done: () => void): void {
    this.other.#take(concatBytes(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: () => void): void {
    if (!this.other.destroyed) this.other.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const { other } = this;
    const ready = this.#ready;
    this.#ready = undefined;
    ready?.();
    // After the stream's own call: the other end may have destroyed this one.
    queueMicrotask(() => {
      if (!other.destroyed) other.push(null);
    });
    done(error);
  }

  /** Bytes from the other end; `done` waits until they are read. */
  #take(chunk: Uint8Array, done: () => void): void {
    if (this.destroyed) return done();
    if (this.push(chunk)) done();
    else this.#ready = done;
  }
}

/** Two ends of one line. */
export function memoryPair(): [Duplex, Duplex] {
  const a = new Half();
  const b = new Half();
  a.other = b;
  b.other = a;
  return [a, b];
}

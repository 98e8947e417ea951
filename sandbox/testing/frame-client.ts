/** For tests: a client's end of a connection, with whole MQTT frames in and bytes out. */
import type { Duplex } from 'readable-stream';
import { FrameCutter } from '../mqtt/frame-cutter.ts';

export class FrameClient {
  readonly stream: Duplex;
  /** Frames that came and were not taken by `nextFrame` yet. */
  readonly frames: Uint8Array[] = [];
  closed: boolean;
  /** How long to wait for what must come, in milliseconds. */
  patienceMs = Infinity;
  readonly #cutter = new FrameCutter();
  #waiting: (() => void)[] = [];

  constructor(stream: Duplex) {
    this.stream = stream;
    this.closed = stream.destroyed;
    stream.on('data', (chunk: Uint8Array) => {
      const { frames, violation } = this.#cutter.push(chunk);
      for (const frame of frames) this.takeFrame(frame);
      if (violation) stream.destroy();
      this.#wake();
    });
    const close = (): void => {
      this.closed = true;
      this.#wake();
    };
    for (const event of ['end', 'close', 'error']) stream.on(event, close);
  }

  /** What becomes of a frame that has come. */
  protected takeFrame(frame: Uint8Array): void {
    this.frames.push(frame);
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  write(bytes: Uint8Array): this {
    if (this.stream.writable) this.stream.write(bytes);
    return this;
  }

  /** Resolves to whether it held before the line was closed; throws if patience ends before. */
  async holds(holds: () => boolean, otherwise: string): Promise<boolean> {
    const deadline = performance.now() + this.patienceMs;
    while (!holds()) {
      if (this.closed) return false;
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(otherwise);
      await new Promise<void>((resolve) => {
        const timer = left < Infinity ? setTimeout(resolve, left) : undefined;
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    return true;
  }

  /** Throws if the line is closed, or patience ends, before it holds. */
  async until(holds: () => boolean, otherwise: string): Promise<void> {
    if (!(await this.holds(holds, otherwise))) throw new Error(`the line was closed: ${otherwise}`);
  }

  /** Null once the broker has hung up. */
  async nextFrame(): Promise<Uint8Array | null> {
    let frame: Uint8Array | undefined;
    await this.holds(() => (frame = this.frames.shift()) !== undefined, 'no frame');
    return frame ?? null;
  }

  async ended(): Promise<void> {
    await this.holds(() => this.closed, 'still connected');
  }

  /** Without DISCONNECT. */
  terminate(): void {
    this.stream.destroy();
  }
}

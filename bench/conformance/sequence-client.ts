/** One TCP connection that sends raw bytes and waits for frames, for what one sequence asks. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { FrameCutter } from '../../sandbox/mqtt/frame-cutter.ts';

/** Mosquitto's tests wait this long for a packet or for the end. */
export const PATIENCE_MS = 2000;

export class RawClient {
  readonly #socket: Socket;
  readonly #cutter = new FrameCutter();
  readonly #frames: Uint8Array[] = [];
  #closed = false;
  #wake: () => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      const { frames, violation } = this.#cutter.push(new Uint8Array(chunk));
      this.#frames.push(...frames);
      if (violation !== null) socket.destroy();
      this.#wake();
    });
    // A reset and an end are the same to a sequence: the broker hung up.
    socket.on('error', () => undefined);
    for (const event of ['end', 'close']) {
      socket.on(event, () => {
        this.#closed = true;
        this.#wake();
      });
    }
  }

  static async open(host: string, port: number): Promise<RawClient> {
    const socket = connect(port, host);
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  send(bytes: Uint8Array): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  /** The next whole frame; null once the broker has hung up; throws if neither comes in time. */
  async next(): Promise<Uint8Array | null> {
    const deadline = performance.now() + PATIENCE_MS;
    while (this.#frames.length === 0) {
      if (this.#closed) return null;
      const left = deadline - performance.now();
      if (left <= 0) throw new Error('no answer');
      await this.#change(left);
    }
    return this.#frames.shift() as Uint8Array;
  }

  end(): void {
    this.#socket.destroy();
  }

  #change(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

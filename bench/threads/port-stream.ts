/** A stream whose other end is in another thread: each chunk is posted, and its bytes are moved, not copied. */
import type { MessagePort } from 'node:worker_threads';
import { Duplex } from 'readable-stream';

export class PortStream extends Duplex {
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on('message', (bytes: Uint8Array | null) => {
      this.push(bytes);
    });
    port.on('close', () => this.destroy());
  }

  override _read(): void {}

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    post(this.#port, chunk);
    done();
  }

  override _writev(chunks: { chunk: Uint8Array }[], done: () => void): void {
    post(this.#port, Buffer.concat(chunks.map(({ chunk }) => chunk)));
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#port.close();
    done(error);
  }
}

/** Moves the bytes if they have their memory for themselves; a part of a larger one is copied. */
export function post(port: MessagePort, bytes: Uint8Array): void {
  const isWhole = bytes.byteLength === bytes.buffer.byteLength;
  const own = isWhole ? bytes : new Uint8Array(bytes);
  port.postMessage(own, [own.buffer as ArrayBuffer]);
}

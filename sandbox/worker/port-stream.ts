/** A MessagePort as a duplex stream. A port has no back-pressure: the receiver reports what it has passed on. */
import { Duplex } from 'readable-stream';
import { concatBytes } from '../shared/bytes.ts';
import { lineReport, lineWindow, type LinePortMessage } from './messages.ts';

export class PortStream extends Duplex {
  readonly #port: MessagePort;
  /** Bytes that were posted and not yet reported as passed on. */
  #posted = 0;
  #written: (() => void) | undefined;
  /** Bytes that were received and not yet reported. */
  #unread = 0;
  #finished = false;

  constructor(port: MessagePort) {
    super({ allowHalfOpen: false });
    this.#port = port;
    this.on('error', () => {});
    port.onmessage = ({ data }: MessageEvent<unknown>) => this.#receive(data);
  }

  #receive(data: unknown): void {
    if (this.destroyed) return;
    if (data instanceof Uint8Array) {
      this.#unread += data.length;
      if (this.push(data)) this.#report();
    } else if (typeof data === 'number') {
      this.#posted -= data;
      if (this.#posted <= lineWindow) this.#continue();
    } else this.push(null);
  }

  #report(): void {
    if (this.#unread < lineReport) return;
    this.#post(this.#unread);
    this.#unread = 0;
  }

  #continue(): void {
    const written = this.#written;
    this.#written = undefined;
    written?.();
  }

  #post(message: LinePortMessage, transfer: Transferable[] = []): void {
    this.#port.postMessage(message, transfer);
  }

  override _read(): void {
    this.#report();
  }

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.#send(chunk, done);
  }

  override _writev(chunks: { chunk: Uint8Array }[], done: () => void): void {
    this.#send(concatBytes(chunks.map(({ chunk }) => chunk)), done);
  }

  /** A copy leaves: the bytes may be the trace's, or share their buffer with others. */
  #send(bytes: Uint8Array, done: () => void): void {
    const copy = new Uint8Array(bytes);
    this.#posted += copy.length;
    this.#post(copy, [copy.buffer]);
    if (this.#posted <= lineWindow) done();
    else this.#written = done;
  }

  override _final(done: () => void): void {
    this.#finish();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#continue();
    this.#finish();
    this.#port.close();
    done(error);
  }

  #finish(): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#post(null);
  }
}

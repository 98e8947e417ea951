/**
 * A WebSocket as a duplex: one binary message for each write, however many chunks it gathers
 * (a third of the cost of `createWebSocketStream`), and reading that stops when nobody takes it.
 */
import { Duplex } from 'readable-stream';
import type { RawData, WebSocket } from 'ws';

export class WebSocketStream extends Duplex {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    this.on('error', () => {});
    socket.on('message', (data: RawData, isBinary: boolean) => {
      // [MQTT-6.0.0-1]: MQTT packets are sent in binary frames; anything else closes.
      if (!isBinary) return socket.close(1003, 'MQTT is sent in binary frames [MQTT-6.0.0-1]');
      if (!this.push(data)) socket.pause();
    });
    // What has arrived is still read: a line that is paused for its pace has some of it waiting.
    socket.on('close', () => this.push(null));
    socket.on('error', () => this.destroy());
  }

  override _read(): void {
    if (this.#socket.isPaused) this.#socket.resume();
  }

  override _write(chunk: Uint8Array, _encoding: string, done: (error?: Error) => void): void {
    this.#send(chunk, done);
  }

  override _writev(chunks: { chunk: Uint8Array }[], done: (error?: Error) => void): void {
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  /** To a client that has left already there is nothing to say, and nothing of it to be lost. */
  #send(bytes: Uint8Array, done: (error?: Error) => void): void {
    if (this.#socket.readyState > 1) done();
    else this.#socket.send(bytes, done);
  }

  override _final(done: () => void): void {
    this.#socket.close(1000);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (this.#socket.readyState < 2) this.#socket.close(1000);
    else if (this.#socket.readyState === 2) this.#socket.terminate();
    done(error);
  }
}

/**
 * A WebSocket as a duplex: one binary message for each write, however many chunks it gathers
 * (a third of the cost of `createWebSocketStream`), and reading that stops when nobody takes it.
 */
import { Duplex } from 'readable-stream';
import type { RawData, WebSocket } from 'ws';
import type { Unfit } from '../line-info.ts';

export class WebSocketStream extends Duplex {
  readonly #socket: WebSocket;
  #unfit = false;

  constructor(socket: WebSocket) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    this.on('error', () => {});
    socket.on('message', (data: RawData, isBinary: boolean) => {
      if (this.#unfit) return;
      // [MQTT-6.0.0-1]: MQTT packets are sent in binary frames; anything else closes.
      if (!isBinary) {
        socket.close(1003, 'MQTT is sent in binary frames [MQTT-6.0.0-1]');
        return this.#refuse({ rule: 'websocket-text-frame', bytes: data as Buffer });
      }
      if (!this.push(data)) socket.pause();
    });
    // What has arrived is still read: a line that is paused for its pace has some of it waiting.
    socket.on('close', () => this.push(null));
    socket.on('error', (error: Error & { code?: string }) => {
      // ws has told the client already: close code 1009.
      if (error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH')
        this.#refuse({ limit: 'packetBytes' });
      else this.destroy();
    });
  }

  #refuse(unfit: Unfit): void {
    this.#unfit = true;
    this.emit('unfit', unfit);
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

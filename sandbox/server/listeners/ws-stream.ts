/**
 * A WebSocket as a duplex: one binary message for each write, however many chunks it gathers
 * (a third of the cost of `createWebSocketStream`); messages that came in one piece of the stream
 * are one chunk, as they would be over TCP; reading stops while the reader does not consume.
 */
import type { Writable } from 'node:stream';
import { Duplex } from 'readable-stream';
import type { RawData, WebSocket } from 'ws';
import type { Unfit } from '../../line/line-info.ts';
import { wsBinaryFrame } from './ws-frame.ts';

/** Bytes for a reader that does not consume, before frames are no longer parsed: thousands of small packets. */
const aheadBytes = 1024;

export class WebSocketStream extends Duplex {
  readonly #socket: WebSocket;
  readonly #raw: Writable | undefined;
  #unfit = false;
  #reason: string | undefined;
  /** Messages of this turn of the loop; a packet need not begin with a message [MQTT-6.0.0-2]. */
  #arrived: Uint8Array[] = [];

  /** @param raw on a server: the socket of the upgrade, to which each frame is written in one piece */
  constructor(socket: WebSocket, raw?: Writable) {
    super({ allowHalfOpen: false, readableHighWaterMark: aheadBytes });
    this.#socket = socket;
    this.#raw = raw;
    this.on('error', () => {});
    socket.on('message', (data: RawData, isBinary: boolean) => {
      if (this.#unfit) return;
      // [MQTT-6.0.0-1]: MQTT packets are sent in binary frames; anything else closes.
      if (!isBinary) {
        socket.close(1003, 'MQTT is sent in binary frames [MQTT-6.0.0-1]');
        return this.#refuse({ rule: 'websocket-text-frame', bytes: data as Buffer });
      }
      // An empty message is dropped: a million of them would need memory.
      if ((data as Buffer).length === 0) return;
      if (this.#arrived.push(data as Uint8Array) === 1) queueMicrotask(this.#take);
    });
    // Bytes that have arrived are still read: a line that is paused for its rate has some waiting.
    socket.on('close', () => {
      this.#take();
      this.push(null);
    });
    socket.on('error', (error: Error & { code?: string }) => {
      // ws has already sent close code 1009.
      if (error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH')
        this.#refuse({ limit: 'packetBytes' });
      else this.destroy();
    });
  }

  readonly #take = (): void => {
    const arrived = this.#arrived;
    if (arrived.length === 0) return;
    this.#arrived = [];
    if (!this.push(arrived.length === 1 ? arrived[0] : Buffer.concat(arrived)))
      this.#socket.pause();
  };

  #refuse(unfit: Unfit): void {
    this.#take();
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

  /** Bytes to a client that has left are dropped. */
  #send(bytes: Uint8Array, done: (error?: Error) => void): void {
    if (this.#socket.readyState > 1) done();
    else if (this.#raw)
      this.#raw.write(wsBinaryFrame(bytes), done as (error?: Error | null) => void);
    else this.#socket.send(bytes, done);
  }

  override _final(done: () => void): void {
    this.#socket.close(1000);
    done();
  }

  /** Ends it, and says why in the close frame: up to 123 bytes. */
  refuse(reason: string): void {
    this.#reason = reason;
    this.destroy();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (this.#socket.readyState < 2) this.#socket.close(1000, this.#reason);
    else if (this.#socket.readyState === 2) this.#socket.terminate();
    done(error);
  }
}

import { isTlsRefusal } from '../../../../sandbox/protocol/tls.ts';
import type { LineChunk } from '../messages.ts';
import { tlsError } from './tls.ts';

/** Kept from before the program ran: bytes cross the port, whatever the program replaces. */
const Bytes = Uint8Array;

/** The Duplex of `readable-stream` and of Node's `node:stream`: as much of it as is used here. */
export type DuplexClass = new (options: {
  read(this: Stream): void;
  write(this: Stream, chunk: Uint8Array, encoding: string, done: (error?: Error) => void): void;
  writev(this: Stream, chunks: { chunk: Uint8Array }[], done: (error?: Error) => void): void;
  final(this: Stream, done: () => void): void;
  destroy(this: Stream, error: Error | null, done: (error: Error | null) => void): void;
}) => Stream;
export interface Stream {
  push(chunk: Uint8Array | null): boolean;
  destroy(error?: Error): unknown;
  once(event: 'close', listener: () => void): unknown;
}

/**
 * One line as a stream: MQTT bytes over a port, `null` for its end. A port has no back pressure:
 * the room slows a line by not reading its socket, and the page's buffer is the room's limit.
 */
export function lineStream(
  Duplex: DuplexClass,
  port: MessagePort,
  maySend: (bytes: number) => boolean,
  /** The host in the program's URL. */
  host = 'localhost',
): Stream {
  const send = (chunk: LineChunk): void => port.postMessage(chunk);
  /** Checked before it is copied: 300 MB in one PUBLISH would need 300 MB more. */
  const sendAll = (chunks: Uint8Array[], done: (error?: Error) => void): void => {
    let total = 0;
    for (const { length } of chunks) total += length;
    if (!maySend(total)) return done(new Error('too much'));
    send(plain(chunks, total));
    done();
  };
  let ended = false;
  const sendEnd = (): void => {
    if (!ended) send(null);
    ended = true;
  };
  const stream = new Duplex({
    read() {},
    write(chunk, _encoding, done) {
      sendAll([chunk], done);
    },
    // One packet is several small writes of mqtt-packet: together they are one message.
    writev(chunks, done) {
      sendAll(
        chunks.map(({ chunk }) => chunk),
        done,
      );
    },
    final(done) {
      sendEnd();
      done();
    },
    destroy(error, done) {
      sendEnd();
      port.close();
      done(error);
    },
  });
  const end = (): void => {
    stream.destroy();
  };
  port.onmessage = (event: MessageEvent<LineChunk>) => {
    if (event.data === null) end();
    else if (event.data instanceof Uint8Array) stream.push(event.data);
    else if (isTlsRefusal(event.data)) stream.destroy(tlsError(event.data, host));
  };
  // The other side has closed without a message.
  port.addEventListener('close', end);
  return stream;
}

/** A Buffer must not cross: it would drag its whole pool along. */
function plain(chunks: Uint8Array[], total: number): Uint8Array<ArrayBuffer> {
  const all = new Bytes(total);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

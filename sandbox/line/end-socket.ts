/** Ends a connection: the last bytes are sent, and a client that does not close is cut off. */

/** Milliseconds in which a client may read the last bytes and close its side. */
export const lingerMs = 1000;
/** Of a client that goes on talking so much is discarded; reading more would be work for nobody. */
export const lingerBytes = 262_144;

/** Sockets of Node, and duplexes of readable-stream. */
interface Ending {
  readonly destroyed?: boolean;
  write(chunk: Uint8Array | string): unknown;
  end(): unknown;
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  pause(): unknown;
  resume(): unknown;
  destroy(): unknown;
  once(event: 'close', listener: () => void): unknown;
}

/** Incoming bytes are read and discarded: otherwise the client never receives our end. */
export function endThenDestroy(socket: Ending, lastWords?: Uint8Array | string): void {
  // A write would make an error each time, and thousands of clients may leave in one moment.
  if (socket.destroyed) return;
  if (lastWords !== undefined) socket.write(lastWords);
  socket.end();
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once('close', () => clearTimeout(timer));
  let left = lingerBytes;
  socket.on('data', ({ length }) => {
    left -= length;
    if (left <= 0) socket.pause();
  });
  socket.resume();
}

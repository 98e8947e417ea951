/** How a connection ends: the last words get through, and a client that stays on is cut off. */

/** Until then a client may read what it was told, and close on its side; milliseconds. */
export const lingerMs = 1000;

/** Sockets of Node, and duplexes of readable-stream. */
interface Ending {
  write(chunk: Uint8Array | string): unknown;
  end(): unknown;
  resume(): unknown;
  destroy(): unknown;
  once(event: 'close', listener: () => void): unknown;
}

/** What still comes is read and thrown away: else the other side never sees the end of ours. */
export function endThenDestroy(socket: Ending, lastWords?: Uint8Array | string): void {
  if (lastWords !== undefined) socket.write(lastWords);
  socket.end();
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once('close', () => clearTimeout(timer));
  socket.resume();
}

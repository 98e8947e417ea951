/**
 * A socket's chunks in its turns of the event loop, for a listener that does all a chunk asks for at
 * once: a WebSocket's parser, to which 64 KB may be ten thousand messages.
 */
import type { Duplex } from 'node:stream';
import type { Turns } from '../../shared/turns.ts';

/** A piece of a chunk should not take longer; milliseconds. */
const pieceMs = 2;
const leastPiece = 512;

/**
 * Puts itself between the socket and those who listen to its `data`. While bytes wait for their
 * turn the socket is not read.
 * @param mayRead false if somebody else keeps the socket paused
 */
export function meterReads(socket: Duplex, turns: Turns, mayRead: () => boolean): void {
  const listeners = socket.listeners('data') as ((chunk: Buffer) => void)[];
  socket.removeAllListeners('data');
  const chunks: Buffer[] = [];
  let at = 0;
  let piece = Infinity;
  let working = false;
  let paused = false;

  function deliver(): void {
    const chunk = chunks[0]!;
    const end = Math.min(chunk.length, at + piece);
    const bytes = at === 0 && end === chunk.length ? chunk : chunk.subarray(at, end);
    const started = performance.now();
    for (const listener of listeners) listener.call(socket, bytes);
    const ms = performance.now() - started;
    if (ms > pieceMs) piece = Math.max(leastPiece, (bytes.length * pieceMs) / ms);
    else piece *= 2;
    at = end;
    // It may have been closed, and what waited thrown away.
    if (chunks.length === 0 || at < chunk.length) return;
    chunks.shift();
    at = 0;
  }

  function slice(): void {
    while (chunks.length > 0) {
      deliver();
      if (chunks.length > 0 && turns.over) return turns.later(slice);
    }
    working = false;
    if (!paused) return;
    paused = false;
    if (mayRead()) socket.resume();
  }

  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    if (working) return;
    working = true;
    turns.run(slice);
    if (!working) return;
    paused = true;
    socket.pause();
  });
  // Whoever was cut off is not heard to the end: that would be work outside all turns.
  socket.prependListener('close', () => {
    chunks.length = 0;
    socket.read();
  });
}

/**
 * Delivers a socket's chunks in its turns of the event loop, to a parser that processes a chunk at
 * once: of WebSocket frames or HTTP requests, of which 64 KB may contain ten thousand.
 */
import type { Duplex } from 'node:stream';
import type { Turns } from '../../shared/turns.ts';

/** The longest time for a piece of a chunk; milliseconds. */
const pieceMs = 2;
const leastPiece = 4096;
/** Smaller pieces are not timed; bytes. */
const smallBytes = 4096;

export interface MeterOptions {
  /** Bytes of the first piece; the size of the next ones follows from its time. */
  piece?: number;
  /** The most bytes of a piece. */
  most?: number;
  /** False while other code keeps the socket paused: nothing is delivered, and it stays paused. */
  isOpen(): boolean;
}

export interface MeteredReads {
  /** Detaches from the socket and returns undelivered bytes to it. */
  stop(): void;
}

/**
 * Intercepts the socket's `data` and `end` before their listeners. While bytes wait for their
 * turn the socket is not read; the end comes in its turn, behind them: thousands may leave together.
 */
export function meterReads(
  socket: Duplex,
  turns: Turns,
  { piece = Infinity, most = Infinity, isOpen }: MeterOptions,
): MeteredReads {
  const listeners = socket.listeners('data') as ((chunk: Buffer) => void)[];
  socket.removeAllListeners('data');
  const endListeners = socket.rawListeners('end') as (() => void)[];
  socket.removeAllListeners('end');
  const chunks: Buffer[] = [];
  let at = 0;
  let working = false;
  let paused = false;
  /** It waits for its turn: a listener that resumes the socket meanwhile is early. */
  let held = false;
  let ended = false;

  function deliver(): void {
    const chunk = chunks[0]!;
    const end = Math.min(chunk.length, at + piece);
    const bytes = at === 0 && end === chunk.length ? chunk : chunk.subarray(at, end);
    // Before the listeners are called: one may detach this, which returns the rest.
    if (end < chunk.length) at = end;
    else {
      chunks.shift();
      at = 0;
    }
    const isSmall = bytes.length < smallBytes;
    const started = isSmall ? 0 : performance.now();
    for (const listener of listeners) listener.call(socket, bytes);
    if (isSmall) return void (piece = Math.min(most, piece * 2));
    const ms = performance.now() - started;
    if (ms > pieceMs) piece = Math.max(leastPiece, (bytes.length * pieceMs) / ms);
    else piece = Math.min(most, piece * 2);
  }

  function hold(): void {
    paused = true;
    socket.pause();
  }

  function slice(): void {
    held = false;
    while (chunks.length > 0 && !socket.destroyed) {
      if (!isOpen()) return void socket.once('resume', () => turns.run(slice));
      deliver();
      if (chunks.length > 0 && turns.over) {
        held = true;
        return turns.later(slice);
      }
    }
    working = false;
    if (ended && chunks.length === 0) return end();
    if (!paused) return;
    paused = false;
    if (isOpen()) socket.resume();
  }

  function end(): void {
    for (const listener of endListeners.splice(0)) listener.call(socket);
  }

  const take = (chunk: Buffer): void => {
    chunks.push(chunk);
    if (!working) {
      working = held = true;
      turns.run(slice);
    }
    if (working) hold();
  };
  const atEnd = (): void => {
    ended = true;
    if (!working) turns.run(end);
  };
  // A parser resumes the socket as soon as it has taken a piece.
  const early = (): void => {
    if (held) hold();
  };
  // Bytes of a closed connection are dropped: they would be work outside of its turns. So is its end.
  const forget = (): void => {
    chunks.length = endListeners.length = 0;
    socket.read();
  };
  socket.on('data', take);
  socket.on('end', atEnd);
  socket.on('resume', early);
  socket.prependListener('close', forget);
  return {
    stop() {
      socket.off('data', take);
      socket.off('end', atEnd);
      for (const listener of endListeners.splice(0)) socket.on('end', listener);
      socket.off('resume', early);
      socket.off('close', forget);
      const left = chunks.map((chunk, n) => (n === 0 ? chunk.subarray(at) : chunk));
      chunks.length = 0;
      if (left.length > 0) socket.unshift(Buffer.concat(left));
    },
  };
}

/**
 * TLS handshakes in turns. A handshake's dear part, the signature, is done in native code when the
 * client's first bytes are read: a thousand that wait in the system's buffers would all be done in one
 * poll. So a connection gets its TLS when these bytes are there, and only in its turn.
 */
import type { Socket } from 'node:net';
import type { ConnectionTurns } from './fair-loop.ts';

/** The cost of a handshake; microseconds. */
const handshakeUs = 1500;

/**
 * Calls `begin` with a connection whose first bytes wait to be read, in its turn. A connection that
 * sends none within `patienceMs` is closed.
 */
export function handshakeInTurn(
  socket: Socket,
  turns: ConnectionTurns,
  patienceMs: number,
  begin: (socket: Socket) => void,
): void {
  // Many may be due at the same moment: closing takes its turn, too.
  const timer = setTimeout(() => turns.later(() => socket.destroy()), patienceMs);
  const stop = (): void => {
    clearTimeout(timer);
    socket.off('readable', ready).off('close', stop);
  };
  const ready = (): void => {
    stop();
    void turns.pay(handshakeUs).then(() => {
      if (!socket.destroyed) begin(socket);
    });
  };
  // A client may reset before TLS listens to it; the socket closes by itself.
  socket.on('error', () => {});
  socket.on('readable', ready).on('close', stop);
}

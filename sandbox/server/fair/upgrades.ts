/**
 * WebSocket handshakes in turns. A WebSocket costs a hundred times what its request costs, and its end
 * waits for a turn: made at once, thousands would be there before the first of them could end.
 */
import type { Duplex } from 'node:stream';
import { log } from '../../shared/log.ts';
import type { HttpConnections } from '../http-connections.ts';
import type { FairLoop } from './fair-loop.ts';

/** The cost of a connection from its request to its first answer, spread over many turns; microseconds. */
export const connectUs = 500;

export interface UpgradeContext {
  /** Shares the event loop. */
  fair: FairLoop;
  /** Connections that are no WebSocket yet. */
  http: HttpConnections;
}

export interface Upgrade {
  socket: Duplex;
  remote: string;
  /** A room's code, or a name for other work of the address. */
  room: string;
}

/**
 * Calls `shake`, which does the handshake or refuses it, in the connection's turn. Until then it is an HTTP
 * connection, and counts as one.
 */
export function upgradeInTurn(
  { fair, http }: UpgradeContext,
  { socket, remote, room }: Upgrade,
  shake: () => void,
): void {
  fair
    .turnsOf(remote, room)
    .pay(connectUs)
    .then(() => {
      if (socket.destroyed) return;
      http.leave(socket);
      shake();
    })
    .catch((error: unknown) => {
      log.error('request-failed', error);
      socket.destroy();
    });
}

/**
 * HTTP connections: each serves one request at a time, a bounded number of others waits, and one
 * network address has a bounded number of connections.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { sourceOfSocket } from './admission/remote-address.ts';

interface Connection {
  socket: Socket;
  key: string;
  remote: string;
  /** Requests that wait for the present one; null if there is no present one. */
  waiting: (() => void)[] | null;
}

interface Bounds {
  httpPerAddress: number;
  requestsAhead: number;
}

/** A TLS socket and the TCP socket below it have the same. */
const keyOf = (socket: Duplex): string => {
  const { remoteAddress, remotePort, localAddress } = socket as Socket;
  return `${remoteAddress} ${remotePort} ${localAddress}`;
};

export class HttpConnections {
  readonly #bounds: Bounds;
  readonly #unbounded: (remote: string) => boolean;
  readonly #connections = new Map<string, Connection>();
  /** The oldest first. */
  readonly #byAddress = new Map<string, Set<Connection>>();

  /** @param unbounded addresses without a limit: a proxy connects for many readers */
  constructor(bounds: Bounds, unbounded: (remote: string) => boolean = () => false) {
    this.#bounds = bounds;
    this.#unbounded = unbounded;
  }

  /** A new connection. If its address has too many, the oldest idle one of them is closed, or this one. */
  enter(socket: Socket): void {
    const remote = sourceOfSocket(socket);
    const own = this.#byAddress.get(remote) ?? new Set();
    if (own.size >= this.#bounds.httpPerAddress && !this.#unbounded(socket.remoteAddress ?? '')) {
      const idle = own.values().find(({ waiting }) => !waiting);
      if (!idle) return void socket.destroy();
      this.#remove(idle);
      idle.socket.destroy();
    }
    const connection: Connection = { socket, key: keyOf(socket), remote, waiting: null };
    this.#connections.set(connection.key, connection);
    this.#byAddress.set(remote, own.add(connection));
    socket.once('close', () => this.#remove(connection));
  }

  /** The connection became a WebSocket and no longer counts here. */
  leave(socket: Duplex): void {
    const connection = this.#connections.get(keyOf(socket));
    if (connection) this.#remove(connection);
  }

  #remove(connection: Connection): void {
    const own = this.#byAddress.get(connection.remote);
    if (!own?.delete(connection)) return;
    if (own.size === 0) this.#byAddress.delete(connection.remote);
    this.#connections.delete(connection.key);
  }

  /**
   * Runs `serve` once the responses to all earlier requests of the connection are sent. A client
   * that pipelines more than `requestsAhead` is closed: its requests would be unbounded work.
   */
  inTurn({ socket }: IncomingMessage, response: ServerResponse, serve: () => void): void {
    const connection = this.#connections.get(keyOf(socket));
    if (!connection) return;
    const begin = (): void => {
      response.once('close', () => {
        const next = connection.waiting?.shift();
        if (next && !socket.destroyed) next();
        else connection.waiting = null;
      });
      serve();
    };
    if (!connection.waiting) {
      connection.waiting = [];
      begin();
    } else if (connection.waiting.length < this.#bounds.requestsAhead) {
      connection.waiting.push(begin);
    } else socket.destroy();
  }
}

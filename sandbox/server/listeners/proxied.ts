/** Connections that come through a proxy of TCP: each is known by the address of its own client. */
import type { Server, Socket } from 'node:net';
import type { Proxies } from '../admission/remote-address.ts';
import { readProxyHeader, type ProxiedClient } from './proxy-protocol.ts';

/** Which ports expect the header from the proxies that the host trusts. */
export type ProxiedPort = 'http' | 'mqtt' | 'tls';
export const proxiedPorts: readonly ProxiedPort[] = ['http', 'mqtt', 'tls'];

/** A TLS socket and the TCP socket below it have the same. */
const keyOf = ({ remoteAddress, remotePort, localAddress }: Socket): string =>
  `${remoteAddress} ${remotePort} ${localAddress}`;

function knownAs(socket: Socket, { address, port }: ProxiedClient): void {
  Object.defineProperties(socket, {
    remoteAddress: { value: address },
    remotePort: { value: port },
    remoteFamily: { value: address.includes(':') ? 'IPv6' : 'IPv4' },
  });
}

/**
 * Connections of a trusted proxy begin with the PROXY protocol's header; the server gets them when it is
 * read, with the client's address. One without the header, or whose header does not come within
 * `patienceMs`, is closed. Connections of everybody else are as before: what they claim is not read.
 * @param server its `connection` event is held back
 * @param secure the server that does the handshakes, if that is another one
 */
export function expectProxyHeaders(
  server: Server,
  {
    proxies,
    patienceMs,
    secure = server,
  }: { proxies: Proxies; patienceMs: number; secure?: Server },
): void {
  const clients = new Map<string, ProxiedClient>();
  const emit = server.emit.bind(server) as (event: string, ...values: unknown[]) => boolean;
  // `net` has no listener that can hold an event back from the others.
  server.emit = ((event: string, ...values: unknown[]): boolean => {
    const socket = values[0] as Socket;
    if (event !== 'connection' || !proxies.includes(socket.remoteAddress ?? ''))
      return emit(event, ...values);
    awaitHeader(socket, patienceMs, (client) => {
      if (client) {
        const key = keyOf(socket);
        clients.set(key, client);
        socket.once('close', () => clients.delete(key));
        knownAs(socket, client);
      }
      emit('connection', socket);
    });
    return true;
  }) as Server['emit'];
  secure.prependListener('secureConnection', (socket: Socket) => {
    const client = clients.get(keyOf(socket));
    if (client) knownAs(socket, client);
  });
}

function awaitHeader(
  socket: Socket,
  patienceMs: number,
  begin: (client: ProxiedClient | null) => void,
): void {
  let bytes = Buffer.alloc(0);
  const give = (): void => void socket.destroy();
  const timer = setTimeout(give, patienceMs);
  const stop = (): void => {
    clearTimeout(timer);
    socket.off('readable', look).off('end', give).off('close', stop);
  };
  const look = (): void => {
    for (let chunk; (chunk = socket.read() as Buffer | null);)
      bytes = Buffer.concat([bytes, chunk]);
    const header = readProxyHeader(bytes);
    if (header.state === 'incomplete') return;
    stop();
    if (header.state === 'wrong') return give();
    // What the client itself sent goes back: the server reads it as if nothing had been before.
    const rest = bytes.subarray(header.bytes);
    if (rest.length > 0) socket.unshift(rest);
    begin(header.client);
  };
  // Each later listener has its own; until then a reset closes the socket by itself.
  socket.on('error', () => {});
  socket.on('readable', look).on('end', give).on('close', stop);
}

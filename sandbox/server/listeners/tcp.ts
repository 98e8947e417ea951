/** MQTT over TCP and over TLS. If a port is taken, the next free one is used: Mosquitto may have 1883. */
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import type { Duplex } from 'readable-stream';
import { admit, holdFile, type ListenerContext } from '../admission/admit.ts';
import { handshakeInTurn } from '../fair/handshakes.ts';
import { listen } from './listen.ts';
import { expectProxyHeaders } from './proxied.ts';
import type { LineInfo } from '../../line/line-info.ts';
import type { Certificates } from '../tls/certificates.ts';
import { sourceOfSocket } from '../admission/remote-address.ts';

export interface SocketListener {
  port: number;
  /** Why it is not the requested port; null if it is. */
  moved: 'taken' | 'forbidden' | null;
  close(): Promise<void>;
}
export interface ListenOptions {
  port: number;
  host: string;
  /** Whether trusted proxies begin each connection with the PROXY protocol's header. */
  proxied?: boolean;
  /** No other port will do: a proxy expects this server here, and another one on the next. */
  fixed?: boolean;
}

/** How many ports above the requested one are tried. */
export const tries = 20;

export const listenTcp = (
  context: ListenerContext,
  options: ListenOptions,
): Promise<SocketListener> =>
  serve(createTcpServer({ noDelay: true, highWaterMark, allowHalfOpen }), null, context, options);

export const listenTls = (
  context: ListenerContext,
  { ca, cert, key }: Certificates,
  options: ListenOptions,
): Promise<SocketListener> => {
  const handshakes = createTlsServer({
    cert,
    key,
    handshakeTimeout: context.rooms.limits.connectMs,
    // A client certificate is requested; the room's files decide whether it is required.
    ...(ca !== null && { ca, requestCert: true, rejectUnauthorized: false }),
  });
  // The client does not trust the certificate, or does not speak TLS: only its own connection is closed.
  handshakes.on('tlsClientError', (_error, socket) => socket.destroy());
  return serve(createTcpServer({ noDelay: true, highWaterMark }), handshakes, context, options);
};

/** Bytes that a paused socket reads ahead: with Node's default, a second chunk of 64 KB. */
export const highWaterMark = 16_384;
/**
 * A client's end is answered in its turn, by the line or by who refuses the connection: Node would close
 * thousands that leave together in one poll.
 */
const allowHalfOpen = true;

/** @param handshakes the TLS server that does handshakes; null for plain TCP */
async function serve(
  server: Server,
  handshakes: Server | null,
  context: ListenerContext,
  options: ListenOptions,
): Promise<SocketListener> {
  if (options.proxied)
    expectProxyHeaders(server, {
      proxies: context.proxies,
      patienceMs: context.rooms.limits.connectMs,
      ...(handshakes && { secure: handshakes }),
    });
  const sockets = new Set<Socket>();
  const enter = (socket: Socket): void => {
    if (socket.destroyed) return;
    const remote = sourceOfSocket(socket);
    const certificate = socket instanceof TLSSocket ? certificateOf(socket) : undefined;
    void admit(context, socket as unknown as Duplex, {
      transport: handshakes ? 'tls' : 'tcp',
      remote,
      ...(certificate && { certificate }),
    });
  };
  server.on('connection', (socket: Socket) => {
    if (!holdFile(context, socket)) return;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    if (!handshakes) return enter(socket);
    const turns = context.fair.turnsOf(sourceOfSocket(socket), 'tls');
    handshakeInTurn(socket, turns, context.rooms.limits.connectMs, (ready) =>
      handshakes.emit('connection', ready),
    );
  });
  if (handshakes) {
    boundHandshakes(context, server, handshakes);
    handshakes.on('secureConnection', enter);
  }
  const { moved, stop } = await listenFrom(server, options);
  return {
    port: (server.address() as AddressInfo).port,
    moved,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.once('close', resolve);
        stop();
      }),
  };
}

/** The identity of a TLS client, if the sandbox's authority signed its certificate. */
function certificateOf(socket: TLSSocket): LineInfo['certificate'] {
  if (!socket.authorized) return undefined;
  const subject = socket.getPeerX509Certificate()?.subject ?? '';
  // Node writes one attribute a line, most general first; RFC 2253 wants the reverse.
  const attributes = subject.split('\n');
  const commonName = attributes.find((each) => each.startsWith('CN='))?.slice(3);
  return commonName === undefined
    ? undefined
    : { commonName, subject: attributes.reverse().join(',') };
}

/** A TLS socket and the TCP socket below it have the same. */
const portsOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;

/** A handshake counts as a connection without a CONNECT. */
function boundHandshakes(context: ListenerContext, server: Server, handshakes: Server): void {
  const pending = new Map<string, () => void>();
  server.on('connection', (socket: Socket) => {
    const ports = portsOf(socket);
    const leave = context.pendingConnects.enter(sourceOfSocket(socket), () => socket.destroy());
    const done = (): void => {
      leave();
      if (pending.get(ports) === done) pending.delete(ports);
    };
    pending.set(ports, done);
    socket.once('close', done);
  });
  handshakes.on('secureConnection', (socket: Socket) => pending.get(portsOf(socket))?.());
}

/** Tries the wanted port, then those above it; says why the requested one could not be used. */
async function listenFrom(
  server: Server,
  { port, host, fixed = false }: ListenOptions,
): Promise<{ moved: SocketListener['moved']; stop(): void }> {
  const last = port === 0 || fixed ? port : Math.min(port + tries, 65_535);
  let moved: SocketListener['moved'] = null;
  for (let at = port; ; at++) {
    try {
      return { stop: await listen(server, at, host), moved };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if ((code !== 'EADDRINUSE' && code !== 'EACCES') || at >= last) throw error;
      moved ??= code === 'EACCES' ? 'forbidden' : 'taken';
    }
  }
}

/** The HTTP listener: handlers in order, pages last; upgrades go to the WebSocket listener. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { handshakeInTurn } from './fair/handshakes.ts';
import { meterReads, type MeteredReads } from './fair/metered-reads.ts';
import { listen } from './listeners/listen.ts';
import { comeBackSeconds } from '../room/come-back.ts';
import { log } from '../shared/log.ts';
import { expectProxyHeaders } from './listeners/proxied.ts';
import { highWaterMark } from './listeners/tcp.ts';
import { holdFile, type ListenerContext } from './admission/admit.ts';
import { fail, json, notAllowed, readMethods, type Handler } from './api.ts';
import type { WebSocketListener } from './listeners/ws.ts';
import { sourceOfSocket } from './admission/remote-address.ts';

/** `/ca.crt`: the certificate of the authority, for TLS clients. */
export function authorityHandler(ca: string | null): Handler {
  return (request, response, next) => {
    if (ca === null || (request.url ?? '').split('?')[0] !== '/ca.crt') return next();
    if (!isRead(request)) return notAllowed(request, response, readMethods);
    response.writeHead(200, {
      'Content-Type': 'application/x-x509-ca-cert',
      'Content-Disposition': 'attachment; filename="ca.crt"',
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(ca);
  };
}

export const isRead = ({ method }: IncomingMessage): boolean =>
  method === 'GET' || method === 'HEAD';

/** What a response costs the loop; microseconds. Node writes it after the turn that made it. */
const responseUs = 300;

/** While responses are not read, Node pauses the connection, and no requests may be passed to it. */
const isHeld = (socket: Socket & { _paused?: boolean }): boolean => socket._paused === true;

export async function listenHttp(
  context: ListenerContext,
  handlers: Handler[],
  upgrades: WebSocketListener,
  options: {
    port: number;
    host: string;
    tls?: { cert: string; key: string } | null;
    /** Whether trusted proxies begin each connection with the PROXY protocol's header. */
    proxied?: boolean;
  },
): Promise<{ server: Server; port: number; close(): Promise<void> }> {
  const { headerBytes, headersMs, requestMs, responseMs } = context.rooms.limits;
  const limits = {
    maxHeaderSize: headerBytes,
    highWaterMark,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    // Node's default interval is 30 seconds, which would make 10 seconds 40.
    connectionsCheckingInterval: Math.min(1000, headersMs),
    // A request to upgrade to another protocol (HTTP/2) gets a normal response (RFC 9110, section 7.8).
    shouldUpgradeCallback: ({ headers }: IncomingMessage) =>
      /^websocket$/i.test(headers.upgrade ?? ''),
  };
  const connections = context.http;
  const handle = (request: IncomingMessage, response: ServerResponse): void =>
    connections.inTurn(request, response, () =>
      context.fair
        .turnsOf(context.proxies.sourceOf(request), 'responses')
        .pay(responseUs)
        .then(() => serve(request, response)),
    );
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const { operation } = context;
    response.once('finish', () => operation.responded(response.statusCode));
    if (operation.stopping) {
      response.setHeader('Retry-After', comeBackSeconds).setHeader('Connection', 'close');
      return json(response, 503, { error: 'server-full', message: 'The server ends. It may be back in a moment.' }); // prettier-ignore
    }
    const run = (index: number): void => {
      const handler = handlers[index];
      if (handler) handler(request, response, () => run(index + 1));
      else fail(response, 'not-found');
    };
    // A handler that fails fails only its own request.
    try {
      run(0);
    } catch (error) {
      log.error('request-failed', error);
      if (response.headersSent) response.destroy();
      else fail(response, 'internal');
    }
  };
  const { cert, key } = options.tls ?? {};
  const server =
    cert && key
      ? createSecureServer({ ...limits, cert, key, handshakeTimeout: headersMs }, handle)
      : createServer(limits, handle);
  const { proxies } = context;
  if (options.proxied) expectProxyHeaders(server, { proxies, patienceMs: headersMs });
  if (options.tls) {
    // Node's own listener, which begins the handshake at once.
    const [begin] = server.listeners('connection') as ((socket: Socket) => void)[];
    server.off('connection', begin!);
    server.on('connection', (socket: Socket) => {
      const turns = context.fair.turnsOf(sourceOfSocket(socket), 'tls');
      handshakeInTurn(socket, turns, headersMs, (ready) => begin!.call(server, ready));
    });
  }
  server.on('connection', (socket: Socket) => {
    if (!holdFile(context, socket)) return;
    connections.enter(socket);
    const forget = context.memory.add({
      remote: sourceOfSocket(socket),
      bytes: () => socket.writableLength,
      evict: () => socket.destroy(),
    });
    socket.once('close', forget);
  });
  // After Node's own listener, so that its request parser is metered.
  const reads = new WeakMap<Duplex, MeteredReads>();
  server.on(options.tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    if (socket.destroyed) return;
    const turns = context.fair.turnsOf(sourceOfSocket(socket), 'http');
    reads.set(socket, meterReads(socket, turns, { piece: 4096, isOpen: () => !isHeld(socket) }));
  });
  server.on('upgrade', (request, socket, head) => {
    reads.get(socket)?.stop();
    socket.on('error', () => socket.destroy());
    try {
      if (!upgrades.upgrade(request, socket, head)) socket.destroy();
    } catch (error) {
      log.error('request-failed', error);
      socket.destroy();
    }
  });
  // For a response that the client does not read. A WebSocket clears this timeout.
  server.setTimeout(responseMs);
  const stop = await listen(server, options.port, options.host);
  return {
    server,
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.once('close', resolve);
        stop();
        server.closeAllConnections();
      }),
  };
}

/** The HTTP listener: handlers in order, pages last; upgrades go to the WebSocket listener. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { handshakeInTurn } from './fair/handshakes.ts';
import { meterReads, type MeteredReads } from './fair/metered-reads.ts';
import { headersFor } from './security-headers.ts';
import { listen } from './listeners/listen.ts';
import { comeBackSeconds } from '../room/come-back.ts';
import { log } from '../shared/log.ts';
import { expectProxyHeaders } from './listeners/proxied.ts';
import { highWaterMark } from './listeners/tcp.ts';
import { holdFile, type ListenerContext } from './admission/admit.ts';
import { fail, json, notAllowed, readMethods, type Handler } from './api.ts';
import { HttpConnections } from './http-connections.ts';
import { SiteFiles } from './site-files.ts';
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

const isRead = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD';

/** Bytes of one write of a response: what the server holds for a client that stops reading. */
const sliceBytes = 32_768;

/** Resolves when the client of a request may be sent a slice of `bytes`, which begins at `at`. */
type SliceTurn = (request: IncomingMessage) => (bytes: number, at: number) => Promise<void>;

/** What a slice costs the loop; microseconds. */
const sliceUs = 60;

/** Slices at the turns of the client's address: the system takes megabytes before a client reads. */
export const slicesInTurn =
  ({ fair, proxies, responses }: ListenerContext): SliceTurn =>
  (request) => {
    const remote = proxies.sourceOf(request);
    const turns = fair.turnsOf(remote, 'http');
    return async (bytes, at) => {
      await responses.slice(remote, bytes, at);
      // The first one is part of the response's own turn.
      if (at > 0) await turns.pay(sliceUs);
    };
  };

/** Resolves when the response takes more, or is closed. */
const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });

/**
 * Writes the body slice by slice, until the client leaves. No pipeline: it makes three errors for each
 * client that leaves, and a thousand may leave in one poll.
 */
async function send(
  response: ServerResponse,
  body: Buffer,
  turn: ReturnType<SliceTurn>,
): Promise<void> {
  for (let at = 0; at < body.length; at += sliceBytes) {
    const slice = body.subarray(at, at + sliceBytes);
    await turn(slice.length, at);
    if (response.destroyed) return;
    if (!response.write(slice)) await drained(response);
    if (response.destroyed) return;
  }
  response.end();
}

/** The built site; a missing path gets its 404 page, which is in both languages. */
export function siteHandler(
  directory: string,
  base = '/',
  turnOf: SliceTurn = () => async () => {},
  more: Record<string, string> = {},
): Handler {
  const files = new SiteFiles(directory);
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const { method, headers, url = '/' } = request;
    const accepted = String(headers['accept-encoding'] ?? '');
    const found = await files.find(url.split('?', 1)[0]!, accepted);
    const file = found ?? (await files.find('/404.html', accepted));
    if (!file) return false;
    // The client closed while the file was read.
    if (response.destroyed) return true;
    const all = { ...file.headers, ...headersFor(file.path, headers.host, base), ...more };
    const known = headers['if-none-match']?.split(/,\s*/).includes(file.headers['ETag']!);
    if (found && known) response.writeHead(304, all).end();
    else if (method === 'HEAD') response.writeHead(found ? 200 : 404, all).end();
    else {
      response.writeHead(found ? 200 : 404, all);
      await send(response, file.body, turnOf(request));
    }
    return true;
  }
  return (request, response, next) => {
    if (!isRead(request)) return notAllowed(request, response, readMethods);
    serve(request, response).then(
      (served) => served || next(),
      (error: unknown) => {
        log.error('request-failed', error);
        if (response.headersSent) response.destroy();
        else fail(response, 'internal');
      },
    );
  };
}

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
  const connections = new HttpConnections(context.rooms.limits, context.proxies.includes);
  const handle = (request: IncomingMessage, response: ServerResponse): void =>
    connections.inTurn(request, response, () =>
      context.fair
        .turnsOf(context.proxies.sourceOf(request), 'http')
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
    connections.leave(request.socket);
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

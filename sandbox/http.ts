/** Pages and API over HTTP; upgrades go to the WebSocket listener. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';
import { errors, SandboxError, type ErrorName } from './errors.ts';
import { headersFor } from './headers.ts';
import type { LimitValues } from './config.ts';
import type { RoomAnswer } from './protocol.ts';
import { Bucket } from './bucket.ts';
import { listen } from './listeners/tcp.ts';
import { sameOrigin, type WebSocketListener } from './listeners/ws.ts';
import type { Rooms } from './rooms.ts';

export interface ApiOptions {
  rooms: Rooms;
  tcpPort(): number | null;
  tlsPort(): number | null;
}
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
) => void;

const statusOf: Partial<Record<ErrorName, number>> = {
  'bad-request': 400,
  'not-found': 404,
  'unknown-exercise': 404,
  'too-many-requests': 429,
  'server-full': 503,
  internal: 500,
};

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(JSON.stringify(body));
}

function fail(response: ServerResponse, code: ErrorName, message: string = errors[code]): void {
  json(response, statusOf[code] ?? 400, { error: code, message });
}

/** The whole body as JSON; throws where it is too long or none. */
async function body(request: IncomingMessage, most: number): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > most) throw new SandboxError('bad-request');
      chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new SandboxError('bad-request');
  }
}

/** `/api/…`; everything else goes on to `next`. */
export function apiHandler({ rooms, tcpPort, tlsPort }: ApiOptions): Handler {
  const { limits } = rooms;
  const askers = new Map<string, Bucket>();
  const mayCreate = (remote: string): boolean => {
    if (askers.size > 10_000) askers.clear();
    let bucket = askers.get(remote);
    if (!bucket) {
      bucket = new Bucket(limits.roomsPerMinute / 60, limits.roomsPerMinute);
      askers.set(remote, bucket);
    }
    return bucket.tryTake();
  };

  async function createRoom(request: IncomingMessage): Promise<RoomAnswer> {
    if (!sameOrigin(request)) throw new SandboxError('bad-request');
    if (!mayCreate(request.socket.remoteAddress ?? '')) throw new SandboxError('too-many-requests');
    const asked = await body(request, limits.requestBytes);
    const exercise = (asked as { exercise?: unknown } | null)?.exercise;
    if (typeof exercise !== 'string') throw new SandboxError('bad-request');
    const { address, code } = await rooms.create(exercise);
    return { address, code, tcpPort: tcpPort(), tlsPort: tlsPort() };
  }

  return (request, response, next) => {
    const path = (request.url ?? '/').split('?')[0];
    if (!path?.startsWith('/api/')) return next();
    if (path !== '/api/rooms') return fail(response, 'not-found');
    if (request.method !== 'POST') return fail(response, 'bad-request');
    createRoom(request).then(
      (answer) => json(response, 200, answer),
      (error: unknown) => {
        if (error instanceof SandboxError) return fail(response, error.code, error.message);
        console.error(error);
        fail(response, 'internal');
      },
    );
  };
}

/** `/ca.crt`: what a TLS client is to trust. */
export function authorityHandler(ca: string | null): Handler {
  return (request, response, next) => {
    if (ca === null || (request.url ?? '').split('?')[0] !== '/ca.crt') return next();
    response.writeHead(200, {
      'Content-Type': 'application/x-x509-ca-cert',
      'Content-Disposition': 'attachment; filename="ca.crt"',
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(ca);
  };
}

/** The built site; a path that isn't there gets its 404 page. */
export function siteHandler(directory: string): Handler {
  const serve = sirv(directory, {
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders(response, path) {
      const headers = headersFor(path, response.req.headers.host);
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    },
  });
  return (request, response, next) => serve(request, response, next);
}

export async function listenHttp(
  handlers: Handler[],
  upgrades: WebSocketListener,
  options: {
    port: number;
    host: string;
    tls?: { cert: string; key: string } | null;
    limits: Pick<LimitValues, 'headerBytes' | 'headersMs' | 'requestMs'>;
  },
): Promise<{ server: Server; port: number; close(): Promise<void> }> {
  const limits = {
    maxHeaderSize: options.limits.headerBytes,
    headersTimeout: options.limits.headersMs,
    requestTimeout: options.limits.requestMs,
    // Node looks every 30 seconds unless told otherwise, which would make 10 seconds 40.
    connectionsCheckingInterval: Math.min(1000, options.limits.headersMs),
  };
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const run = (index: number): void => {
      const handler = handlers[index];
      if (handler) handler(request, response, () => run(index + 1));
      else fail(response, 'not-found');
    };
    run(0);
  };
  const { cert, key } = options.tls ?? {};
  const server =
    cert && key
      ? createSecureServer({ ...limits, cert, key }, handle)
      : createServer(limits, handle);
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (!upgrades.upgrade(request, socket, head)) socket.destroy();
  });
  await listen(server, options.port, options.host);
  return {
    server,
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Pages over HTTP, and whatever handlers stand before them; upgrades go to the WebSocket listener. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sirv from 'sirv';
import { headersFor } from './security-headers.ts';
import type { LimitValues } from '../shared/config.ts';
import { listen } from './listeners/tcp.ts';
import { fail, type Handler } from './api.ts';
import type { WebSocketListener } from './listeners/ws.ts';

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
  return (request, response, next) => {
    // Nothing here is long enough to be read in parts, and what a client asks for may be no part at all.
    delete request.headers.range;
    serve(request, response, () => {
      const { method, headers } = request;
      if (method !== 'GET' && method !== 'HEAD') return next();
      notFound(directory).then(
        (page) => {
          const own = headersFor('/404.html', headers.host);
          response.writeHead(404, { ...own, 'Content-Type': 'text/html; charset=utf-8' });
          response.end(method === 'HEAD' ? '' : page);
        },
        () => next(),
      );
    });
  };
}

/** The site's own page says in both languages that there is nothing here. */
const notFound = (directory: string): Promise<string> =>
  readFile(join(directory, '404.html'), 'utf8');

export async function listenHttp(
  handlers: Handler[],
  upgrades: WebSocketListener,
  options: {
    port: number;
    host: string;
    tls?: { cert: string; key: string } | null;
    limits: Pick<LimitValues, 'headerBytes' | 'headersMs' | 'requestMs' | 'responseMs'>;
  },
): Promise<{ server: Server; port: number; close(): Promise<void> }> {
  const limits = {
    maxHeaderSize: options.limits.headerBytes,
    headersTimeout: options.limits.headersMs,
    requestTimeout: options.limits.requestMs,
    // Node looks every 30 seconds unless told otherwise, which would make 10 seconds 40.
    connectionsCheckingInterval: Math.min(1000, options.limits.headersMs),
    // Who asks for another protocol (HTTP/2, say) is answered in this one, as RFC 9110, 7.8 has it.
    shouldUpgradeCallback: ({ headers }: IncomingMessage) =>
      /^websocket$/i.test(headers.upgrade ?? ''),
  };
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const run = (index: number): void => {
      const handler = handlers[index];
      if (handler) handler(request, response, () => run(index + 1));
      else fail(response, 'not-found');
    };
    // What one request does to a handler is no other's affair.
    try {
      run(0);
    } catch (error) {
      console.error(error);
      if (response.headersSent) response.destroy();
      else fail(response, 'internal');
    }
  };
  const { cert, key } = options.tls ?? {};
  const server =
    cert && key
      ? createSecureServer({ ...limits, cert, key }, handle)
      : createServer(limits, handle);
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    try {
      if (!upgrades.upgrade(request, socket, head)) socket.destroy();
    } catch (error) {
      console.error(error);
      socket.destroy();
    }
  });
  // Of an answer that nobody reads; a WebSocket takes its socket out of this.
  server.setTimeout(options.limits.responseMs);
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

/** A server of the built vendor files with the headers that the course's own server sends, and one real broker. */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Aedes } from 'aedes';
import { build } from 'vite';
import type { Rollup } from 'vite';
import { createWebSocketStream, WebSocketServer } from 'ws';

const root = path.resolve(import.meta.dirname, '../..');
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.ttf': 'font/ttf',
};
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; " +
  "connect-src 'self'; worker-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** As narrow as the frame needs; `origin` because 'self' means nothing in an opaque origin. */
export const framePolicy = (origin: string): string =>
  `sandbox allow-scripts; default-src 'none'; script-src ${origin}/vendor/ data:; worker-src data:; ` +
  `connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`;

export interface Harness {
  origin: string;
  /** Requests that reached the server, `METHOD /path`. */
  requests: string[];
  broker: Aedes;
  close(): Promise<void>;
}

/** `frameHeader: false` is a host of plain files: the frame then has only its own meta element. */
export async function startHarness({ frameHeader = true } = {}): Promise<Harness> {
  const script = await bundlePage();
  const broker = await Aedes.createBroker();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    void answer(new URL(request.url ?? '/', origin).pathname, response);
  });
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'mqtt' });
  sockets.on('connection', (socket) => {
    const stream = createWebSocketStream(socket);
    stream.on('error', () => {});
    broker.handle(stream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(url: string, response: ServerResponse): Promise<void> {
    try {
      const body =
        url === '/' ? PAGE : url === '/page.js' ? script : await readFile(path.join(root, 'public', path.normalize(url)));
      response.setHeader('Content-Type', TYPES[path.extname(url)] ?? TYPES['.html'] ?? '');
      const policy = url.endsWith('/frame.html') ? (frameHeader ? framePolicy(origin) : '') : PAGE_POLICY;
      if (policy) response.setHeader('Content-Security-Policy', policy);
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  }

  return {
    origin,
    requests,
    broker,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await new Promise<void>((resolve) => broker.close(() => resolve()));
    },
  };
}

const PAGE = `<!doctype html><meta charset="utf-8"><title>harness</title>
<style>body{margin:0} #place{width:700px;height:360px}</style>
<div id="place"></div><script type="module" src="/page.js"></script>`;

async function bundlePage(): Promise<string> {
  const result = (await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: { write: false, minify: false, rollupOptions: { input: path.join(import.meta.dirname, 'page.ts') } },
  })) as Rollup.RollupOutput;
  return result.output[0].code;
}

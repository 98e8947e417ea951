/** The built vendor files with the headers of the course's own server, and one real broker. */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Aedes } from 'aedes';
import { build } from 'vite';
import type { Rollup } from 'vite';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { headersFor } from '../../sandbox/server/security-headers.ts';

const root = path.resolve(import.meta.dirname, '../..');
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.ttf': 'font/ttf',
};
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
        url === '/'
          ? PAGE
          : url === '/page.js'
            ? script
            : await readFile(path.join(root, 'public', path.normalize(url)));
      response.setHeader('Content-Type', TYPES[path.extname(url)] ?? TYPES['.html'] ?? '');
      const headers = headersFor(url, new URL(origin).host);
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      if (!frameHeader && url.endsWith('/frame.html'))
        response.removeHeader('Content-Security-Policy');
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
    build: {
      write: false,
      minify: false,
      rollupOptions: {
        input: path.join(import.meta.dirname, 'page.ts'),
        // One file: what the course fetches later, a harness may have at once.
        output: { codeSplitting: false },
      },
    },
  })) as Rollup.RollupOutput;
  return result.output[0].code;
}

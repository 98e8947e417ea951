/** What hostile requests do to the server: nothing to anybody else. */
import { once } from 'node:events';
import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LimitValues } from '../shared/config.ts';
import { listenHttp } from './http.ts';
import { siteHandler } from './site-handler.ts';
import type { Handler } from './api.ts';
import { makeListenerContext } from './listener-context.ts';
import { listenWebSocket } from './listeners/ws.ts';
import { createBroker } from '../engine/builtin/index.ts';
import { Rooms } from '../rooms/rooms.ts';

let site: string;
let http: Awaited<ReturnType<typeof listenHttp>> | undefined;
const page = '<title>Retained</title>';
beforeEach(async () => {
  site = await mkdtemp(join(tmpdir(), 'retained-http-'));
  await writeFile(join(site, 'index.html'), page);
});
afterEach(async () => {
  await http?.close();
  await rm(site, { recursive: true });
});

async function begin(limits: Partial<LimitValues> = {}, ...before: Handler[]) {
  const rooms = new Rooms({ get: () => Promise.resolve(null) }, { engine: createBroker, limits });
  const context = makeListenerContext(rooms);
  const handlers = [...before, siteHandler(site)];
  http = await listenHttp(context, handlers, listenWebSocket(context), {
    port: 0,
    host: '127.0.0.1',
  });
  return http;
}
/** All that is answered to these bytes until the server closes. */
async function answer(port: number, ...lines: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write([...lines, 'Host: localhost', 'Connection: close', '', ''].join('\r\n'));
  return rest(socket);
}
async function rest(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await once(socket, 'close');
  return text;
}
const good = (port: number) => answer(port, 'GET / HTTP/1.1');

test.each(['//', '///mqtt', '/%', 'http://[', '*'])('an upgrade to %s is refused', async (path) => {
  const { port } = await begin();
  const socket = connect(port, '127.0.0.1');
  const head = [`GET ${path} HTTP/1.1`, 'Host: localhost', 'Connection: Upgrade'];
  socket.write([...head, 'Upgrade: websocket', '', ''].join('\r\n'));
  expect(await rest(socket)).not.toMatch(/ 101 /);
  expect(await good(port)).toContain(page);
});

test.each(['5-2', '99-1', '0-0', '-5', 'abc'])(
  'a range of bytes=%s gets the whole',
  async (range) => {
    const { port } = await begin();
    const got = await answer(port, 'GET / HTTP/1.1', `Range: bytes=${range}`);
    expect(got).toMatch(/^HTTP\/1.1 200 /);
    expect(got).toContain(page);
  },
);

test('a request to upgrade to another protocol than WebSocket gets an HTTP response', async () => {
  const { port } = await begin();
  const socket = connect(port, '127.0.0.1');
  const head = ['GET / HTTP/1.1', 'Host: localhost', 'Connection: Upgrade, close'];
  socket.write([...head, 'Upgrade: h2c', '', ''].join('\r\n'));
  expect(await rest(socket)).toContain(page);
});

test('a handler that throws answers 500, and the next request is served', async () => {
  const written = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { port } = await begin({}, (request, _response, next) => {
    if (request.url === '/bad') throw new Error('bad');
    next();
  });
  expect(await answer(port, 'GET /bad HTTP/1.1')).toMatch(/^HTTP\/1.1 500 /);
  expect(await good(port)).toContain(page);
  expect(written).toHaveBeenCalledOnce();
});

test('a response that is not read is aborted', async () => {
  await writeFile(join(site, 'big.js'), 'x'.repeat(20_000_000));
  const { server, port } = await begin({ responseMs: 100 });
  const ended = new Promise((resolve) => {
    server.once('connection', (socket) => socket.once('close', resolve));
  });
  const socket = connect(port, '127.0.0.1').pause();
  socket.on('error', () => {});
  socket.write('GET /big.js HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await ended;
  socket.destroy();
});

/** Files of the site that this process has open. */
async function openFiles(): Promise<number> {
  const names = await readdir('/proc/self/fd');
  const files = await Promise.all(names.map((n) => readlink(`/proc/self/fd/${n}`).catch(() => '')));
  return files.filter((file) => file.startsWith(site)).length;
}
/** A connection that never reads. */
function deaf(port: number): Socket {
  return connect(port, '127.0.0.1')
    .pause()
    .on('error', () => {});
}
const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

test('requests of a connection are served in turn; a client that pipelines too many is closed', async () => {
  const served: string[] = [];
  const waiting: (() => void)[] = [];
  const { server, port } = await begin({ requestsAhead: 3 }, (request, response) => {
    served.push(request.url!);
    waiting.push(() => response.end(request.url));
  });
  const polite = connect(port, '127.0.0.1');
  let text = '';
  polite.on('data', (chunk) => (text += String(chunk)));
  polite.write(['/a', '/b', '/c', '/d'].map(get).join(''));
  await expect.poll(() => served).toEqual(['/a']);
  for (let n = 1; n <= 4; n++) {
    await expect.poll(() => waiting.length).toBe(1);
    expect(served.length).toBe(n);
    waiting.shift()!();
  }
  await expect.poll(() => text).toMatch(/\/a.*\/b.*\/c.*\/d$/s);
  const ended = new Promise((resolve) => {
    server.once('connection', (socket: Socket) => socket.once('close', resolve));
  });
  const greedy = deaf(port);
  greedy.write(get('/x').repeat(1500));
  await ended;
  expect(served.filter((path) => path === '/x')).toEqual(['/x']);
  for (const socket of [polite, greedy]) socket.destroy();
});

test.skipIf(process.platform !== 'linux')(
  'readers that stop, and downloads that are given up, leave no file open',
  async () => {
    await writeFile(join(site, 'big.js'), 'x'.repeat(8_000_000));
    const { port } = await begin();
    const readers = Array.from({ length: 30 }, () => deaf(port));
    for (const socket of readers) socket.write(get('/big.js').repeat(10));
    const giver = Array.from({ length: 20 }, async () => {
      const socket = connect(port, '127.0.0.1');
      socket.write(get('/big.js'));
      await once(socket, 'data');
      socket.destroy();
    });
    await Promise.all(giver);
    expect(await good(port)).toContain(page);
    expect(await openFiles()).toBe(0);
    for (const socket of readers) socket.destroy();
  },
);

test('what a reader that stops makes the server hold is a part of the file', async () => {
  await writeFile(join(site, 'big.js'), 'x'.repeat(20_000_000));
  const sockets: Socket[] = [];
  const { server, port } = await begin();
  server.on('connection', (socket: Socket) => sockets.push(socket));
  const reader = deaf(port);
  reader.write(get('/big.js'));
  await expect.poll(() => sockets[0]?.writableLength).toBeGreaterThan(0);
  expect(sockets[0]!.writableLength).toBeLessThan(100_000);
  reader.destroy();
});

test('an idle connection makes place for a new one of its address, one at work does not', async () => {
  let atWork = 0;
  const { port } = await begin({ httpPerAddress: 2 }, (request, _response, next) => {
    if (request.url === '/never') atWork++;
    else next();
  });
  const closed: string[] = [];
  const open = async (name: string, text = '') => {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    socket.once('close', () => closed.push(name));
    await once(socket, 'connect');
    socket.write(text);
    return socket;
  };
  const working = await open('working', get('/never'));
  await expect.poll(() => atWork).toBe(1);
  const idle = await open('idle');
  expect(await good(port)).toContain(page);
  await expect.poll(() => closed).toEqual(['idle']);
  const other = await open('other', get('/never'));
  await expect.poll(() => atWork).toBe(2);
  await open('one too many');
  await expect.poll(() => closed).toEqual(['idle', 'one too many']);
  for (const socket of [working, idle, other]) socket.destroy();
});

test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'])('%s on a page is 405', async (method) => {
  const { port } = await begin();
  for (const path of ['/', '/no/such']) {
    const got = await answer(port, `${method} ${path} HTTP/1.1`);
    expect(got).toMatch(/^HTTP\/1\.1 405 /);
    expect(got).toContain('\r\nAllow: GET, HEAD, OPTIONS\r\n');
  }
});

test('OPTIONS lists the methods, HEAD has no body, and a known copy is not sent', async () => {
  const { port } = await begin();
  const options = await answer(port, 'OPTIONS / HTTP/1.1');
  expect(options).toMatch(/^HTTP\/1\.1 204 [^]*Allow: GET, HEAD, OPTIONS\r\n[^]*\r\n\r\n$/);
  const head = await answer(port, 'HEAD / HTTP/1.1');
  expect(head).toMatch(/^HTTP\/1\.1 200 [^]*Content-Length: 23\r\n[^]*\r\n\r\n$/);
  const etag = /ETag: (.*)\r/.exec(head)![1]!;
  const known = await answer(port, 'GET / HTTP/1.1', `If-None-Match: "x", ${etag}`);
  expect(known).toMatch(/^HTTP\/1\.1 304 [^]*\r\n\r\n$/);
});

test('the best encoding that the client accepts, and no file that begins with a dot', async () => {
  await writeFile(join(site, 'index.html.br'), 'brotli');
  await writeFile(join(site, 'index.html.gz'), 'gzip');
  await writeFile(join(site, '.env'), 'secret');
  await writeFile(join(site, '404.html'), 'nothing');
  const { port } = await begin();
  const ask = (accepted: string) => answer(port, 'GET / HTTP/1.1', `Accept-Encoding: ${accepted}`);
  expect(await ask('gzip, br')).toMatch(/Content-Encoding: br\r\n[^]*brotli$/);
  expect(await ask('gzip, br;q=0')).toMatch(/Content-Encoding: gzip\r\n[^]*gzip$/);
  expect(await ask('identity')).toMatch(/<title>Retained<\/title>$/);
  for (const path of ['/.env', '/%2eenv', '/../index.html', '/%'])
    expect(await answer(port, `GET ${path} HTTP/1.1`)).toMatch(/^HTTP\/1\.1 404 [^]*nothing$/);
});

test('a client that is cut off for its pipeline is no line in the log', async () => {
  const written = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { port } = await begin();
  const closed = Array.from({ length: 20 }, async () => {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    socket.write(get('/').repeat(1500));
    await rest(socket).catch(() => {});
  });
  await Promise.all(closed);
  expect(await good(port)).toContain(page);
  expect(written).not.toHaveBeenCalled();
  written.mockRestore();
});

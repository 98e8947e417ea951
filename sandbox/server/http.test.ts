/** What hostile requests do to the server: nothing to anybody else. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { limitValues } from '../shared/config.ts';
import { listenHttp, siteHandler } from './http.ts';
import type { Handler } from './api.ts';
import { makeListenerContext } from './main.ts';
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

async function begin(limits = {}, ...before: Handler[]) {
  const rooms = new Rooms({ get: () => Promise.resolve(null) }, { engine: createBroker });
  http = await listenHttp(
    [...before, siteHandler(site)],
    listenWebSocket(makeListenerContext(rooms)),
    {
      port: 0,
      host: '127.0.0.1',
      limits: { ...limitValues(), ...limits },
    },
  );
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

test('who asks for another protocol than WebSocket is answered in this one', async () => {
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

test('an answer that nobody reads is given up', async () => {
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

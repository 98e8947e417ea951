/**
 * The course behind a proxy that adds X-Forwarded-For to HTTP and to WebSocket upgrades: one of a few
 * lines, and nginx as the README configures it (`npm test` unpacks it; skipped without).
 */
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, request, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test as plainTest } from 'vitest';
import { WebSocket } from 'ws';
import type { RoomKeys } from '../../rooms/rooms.ts';
import { nginx, startNginx } from '../../testing/nginx.ts';
import { start } from '../main.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** As nginx's `$proxy_add_x_forwarded_for`: what the reader sent, and the reader's address behind it. */
const forwarded = ({ headers, socket }: IncomingMessage) => ({
  ...headers,
  'x-forwarded-for': [headers['x-forwarded-for'], socket.remoteAddress].filter(Boolean).join(', '),
});

async function proxyTo(port: number): Promise<number> {
  const proxy = createServer((from, to) => {
    const { url: path, method } = from;
    const onward = request(
      { host: '127.0.0.1', port, path, method, headers: forwarded(from) },
      (answer) => {
        to.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(to);
      },
    );
    from.pipe(onward);
  });
  proxy.on('upgrade', (from: IncomingMessage, socket) => {
    const onward = connect(port, '127.0.0.1');
    for (const each of [onward, socket])
      each.on('error', () => onward.destroy(void socket.destroy()));
    const lines = Object.entries(forwarded(from)).map(
      ([name, value]) => `${name}: ${String(value)}`,
    );
    onward.write([`GET ${from.url} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
    onward.pipe(socket).pipe(onward);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  ends.push(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  return (proxy.address() as AddressInfo).port;
}

async function nginxTo(port: number): Promise<number> {
  const [, location] = /```nginx\n(.*?)```/s.exec(
    await readFile(new URL('../../../README.md', import.meta.url), 'utf8'),
  )!;
  const running = await startNginx(location!.replace('127.0.0.1:4321', `127.0.0.1:${port}`));
  ends.push(() => running.end());
  return running.port;
}

async function begin(proxies: string[], through = proxyTo) {
  const site = await mkdtemp(join(tmpdir(), 'retained-proxy-'));
  ends.push(() => rm(site, { recursive: true }));
  const exercise = { devices: [], scene: {}, checks: [] };
  const running = await start({
    exercises: { get: () => Promise.resolve(exercise) },
    ...{ site, proxies, host: '127.0.0.1', port: 0, mqttPort: 0 },
    limits: { roomsPerMinute: 2, connectionsPerAddress: 1, httpPerAddress: 1 },
  });
  ends.push(() => running.stop());
  const port = await through(running.port);
  /** Readers have addresses of their own. */
  const post = (localAddress: string, headers = {}): Promise<number> =>
    new Promise((resolve, reject) => {
      const to = { host: '127.0.0.1', port, localAddress, method: 'POST', headers };
      request({ ...to, path: '/api/rooms', agent: false }, (answer) => {
        resolve(answer.resume().statusCode!);
      })
        .on('error', reject)
        .end('{"exercise":"a/b"}');
    });
  const watch = ({ address, watchKey }: RoomKeys, localAddress: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/watch/${address}?key=${watchKey}`, { localAddress }); // prettier-ignore
      ends.push(() => socket.terminate());
      socket.on('open', () => resolve('open'));
      socket.on('error', ({ message }) => resolve(message));
    });
  return { rooms: running.rooms, post, watch };
}
const [anna, ben] = ['127.0.0.50', '127.0.0.51'];

describe.each([
  ['a proxy', proxyTo, true],
  ['nginx', nginxTo, nginx !== undefined],
] as const)('behind %s', (_, through, isHere) => {
  const test = plainTest.skipIf(!isHere);
  test('each reader has limits of their own if it is trusted', async () => {
    const { rooms, post, watch } = await begin(['127.0.0.1'], through);
    expect([await post(anna), await post(anna), await post(anna)]).toEqual([200, 200, 429]);
    // Whoever writes the header itself is still the same.
    expect(await post(anna, { 'x-forwarded-for': '203.0.113.9' })).toBe(429);
    expect(await post(ben)).toBe(200);
    const room = await rooms.create('a/b');
    expect(await watch(room, anna)).toBe('open');
    expect(await watch(room, anna)).toContain('503');
    expect(await watch(room, ben)).toBe('open');
  });

  test('its header is not believed if it is not', async () => {
    const { post } = await begin(['192.0.2.1'], through);
    expect([await post(anna), await post(anna), await post(ben)]).toEqual([200, 200, 429]);
  });
});

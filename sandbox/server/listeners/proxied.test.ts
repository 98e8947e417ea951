/** Proxies of TCP before each port: HAProxy (`npm test` unpacks it; skipped without), and headers by hand. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, test as plainTest } from 'vitest';
import { freePort } from '../../testing/differential/free-ports.ts';
import { haproxy, startHaproxy } from '../../testing/haproxy.ts';
import { start } from '../main.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
/** Readers have addresses of their own; the proxy's is 127.0.0.1. */
const [anna, ben] = ['127.0.0.50', '127.0.0.51'];

/** @param patienceMs for what a connection begins with */
async function begin(patienceMs = 20_000) {
  const site = await mkdtemp(join(tmpdir(), 'retained-proxied-'));
  ends.push(() => rm(site, { recursive: true }));
  const exercise = { devices: [], scene: {}, checks: [] };
  const running = await start({
    exercises: { get: () => Promise.resolve(exercise) },
    ...{ site, data: join(site, 'data'), host: '127.0.0.1', port: 0, mqttPort: 0, tlsPort: 0 },
    ...{ openRoom: 'class', proxies: ['127.0.0.1'], proxied: ['http', 'mqtt', 'tls'] },
    limits: {
      ...{ roomsPerMinute: 2, connectionsPerAddress: 1 },
      ...{ connectMs: patienceMs, headersMs: patienceMs, requestMs: patienceMs },
    },
  });
  ends.push(() => running.stop());
  const { port, mqttPort } = running;
  return { http: port, mqtt: mqttPort, tls: running.tlsPort! };
}
type Ports = Awaited<ReturnType<typeof begin>>;

const post = (port: number, localAddress: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const to = { host: '127.0.0.1', port, localAddress, method: 'POST', path: '/api/rooms' };
    request({ ...to, agent: false }, (answer) => resolve(answer.resume().statusCode!))
      .on('error', reject)
      .end('{"exercise":"a/b"}');
  });

/** CONNECT, 3.1.1, no user: the open room's. The return code of CONNACK (section 3.2.2.3); null: closed without one. */
const connectPacket = Buffer.from('101000044d51545404020000000474657374', 'hex');
async function enter(port: number, localAddress: string, isTls = false): Promise<number | null> {
  const tcp = connect({ host: '127.0.0.1', port, localAddress });
  ends.push(() => tcp.destroy());
  const socket = isTls ? connectTls({ socket: tcp, rejectUnauthorized: false }) : tcp;
  for (const one of [tcp, socket]) one.on('error', () => {});
  socket.write(connectPacket);
  return new Promise((resolve) => {
    socket.once('data', (packet: Buffer) => resolve(packet[3]!));
    socket.once('close', () => resolve(null));
  });
}

async function haproxyTo(ports: Ports, option: string): Promise<Ports> {
  const own = { http: await freePort(), mqtt: await freePort(), tls: await freePort() };
  const names = ['http', 'mqtt', 'tls'] as const;
  const end = await startHaproxy(
    `defaults
      mode tcp
      timeout connect 5s
      timeout client 60s
      timeout server 60s
    ${names
      .map(
        (name) => `listen ${name}
      bind 127.0.0.1:${own[name]}
      server course 127.0.0.1:${ports[name]} ${option}`,
      )
      .join('\n    ')}
`,
    own.http,
  );
  ends.push(end);
  return own;
}

describe.each(['send-proxy', 'send-proxy-v2', 'send-proxy-v2 check inter 50ms'])(
  'behind HAProxy with %s',
  (option) => {
    const test = plainTest.skipIf(!haproxy);
    test('each reader has limits of their own, on each port', async () => {
      const ports = await haproxyTo(await begin(), option);
      expect([await post(ports.http, anna), await post(ports.http, anna), await post(ports.http, anna)]).toEqual([200, 200, 429]); // prettier-ignore
      expect(await post(ports.http, ben)).toBe(200);
      expect(await enter(ports.mqtt, anna)).toBe(0);
      expect(await enter(ports.mqtt, anna)).not.toBe(0);
      expect(await enter(ports.tls, anna, true)).not.toBe(0);
      expect(await enter(ports.tls, ben, true)).toBe(0);
      expect(await enter(ports.mqtt, ben)).not.toBe(0);
    });
  },
);

/** Sends pieces, each alone; resolves with what came back until the connection closed. */
async function send(port: number, localAddress: string, ...pieces: (string | Buffer)[]) {
  const socket = connect({ host: '127.0.0.1', port, localAddress, noDelay: true });
  ends.push(() => socket.destroy());
  await once(socket, 'connect');
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return readAll(socket);
}
async function readAll(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('latin1').on('data', (some: string) => (text += some));
  socket.on('error', () => {});
  if (!socket.closed) await once(socket, 'close');
  return text;
}

describe('headers by hand', () => {
  const test = plainTest;
  const get = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
  const claim = (address: string) => `PROXY TCP4 ${address} 127.0.0.1 4000 80\r\n`;

  test('the header byte by byte, and the request in the same piece as its end', async () => {
    const { http } = await begin();
    const header = claim('192.0.2.7');
    const pieces = [...header.slice(0, -1), `\n${get}`];
    expect(await send(http, '127.0.0.1', ...pieces)).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('a client that speaks TLS in the same piece as the header', async () => {
    const { tls } = await begin();
    const socket = connect({ host: '127.0.0.1', port: tls });
    ends.push(() => socket.destroy());
    await once(socket, 'connect');
    socket.cork();
    socket.write(claim('192.0.2.7'));
    const secure = connectTls({ socket, rejectUnauthorized: false });
    socket.uncork();
    await once(secure, 'secureConnect');
  });

  test('the proxy without a header, with another word, or with half a header gets nothing', async () => {
    const { http, mqtt: port, tls } = await begin(1_000);
    expect(await send(http, '127.0.0.1', get)).toBe('');
    expect(await send(port, '127.0.0.1', connectPacket)).toBe('');
    // It stays silent: the connection is closed when the time for a beginning is over.
    for (const one of [http, port, tls])
      expect(await send(one, '127.0.0.1', 'PROXY TCP4 ')).toBe('');
  });

  test('nobody else can claim an address: their header is what it is for a server without proxies', async () => {
    const { http, mqtt: port } = await begin();
    expect(await send(http, anna, claim('192.0.2.7') + get)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await send(http, anna, get)).toMatch(/^HTTP\/1\.1 200 /);
    expect(await enter(port, anna)).toBe(0);
    // The proxy's word for the same address counts for it.
    const answer = await send(port, '127.0.0.1', claim(anna), connectPacket);
    expect(answer.charCodeAt(3)).not.toBe(0);
  });

  test('a proxy that resets before and after the header ends nothing', async () => {
    const { http } = await begin();
    for (const text of ['PROXY', claim('192.0.2.7'), `${claim('192.0.2.7')}GET / HT`]) {
      const socket = connect({ host: '127.0.0.1', port: http });
      await once(socket, 'connect');
      await new Promise<void>((resolve) => socket.write(text, () => resolve()));
      socket.resetAndDestroy();
    }
    expect(await send(http, '127.0.0.1', claim('192.0.2.8') + get)).toMatch(/^HTTP\/1\.1 200 /);
  });
});

/** What those who run a server can ask it, and nobody else. */
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createBroker } from '../../engine/builtin/index.ts';
import { Rooms } from '../../rooms/rooms.ts';
import { testExercises } from '../classroom/testing/test-exercises.ts';
import { listenHttp } from '../http.ts';
import { listenWebSocket } from '../listeners/ws.ts';
import { makeListenerContext } from '../listener-context.ts';
import { start, type RunningServer, type StartOptions } from '../main.ts';
import { metric } from './metrics.ts';

let folder: string;
let running: RunningServer | undefined;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'retained-operations-'))));
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await rm(folder, { recursive: true });
});

async function begin(more: Partial<StartOptions> = {}): Promise<string> {
  running = await start({
    exercises: testExercises,
    site: folder,
    ...{ host: '127.0.0.1', port: 0, mqttPort: 0, tlsPort: 0, data: join(folder, 'data') },
    ...more,
  });
  return `http://127.0.0.1:${running.port}`;
}
const get = (url: string, headers: Record<string, string> = {}) => fetch(url, { headers });
const asTeacher = () => ({ authorization: `Bearer ${running!.teacherSecret}` });
/** `name{labels}` → value */
function samplesOf(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const [, name, value] = /^([a-z_]+(?:\{[^}]*\})?) (\S+)$/.exec(line)!;
      return [name!, Number(value)];
    }),
  );
}
const metricsOf = async (origin: string) =>
  samplesOf(await (await get(`${origin}/metrics`, asTeacher())).text());

interface Made {
  address: string;
  watchKey: string;
}
async function makeRoom(origin: string): Promise<Made> {
  const body = JSON.stringify({ exercise: 'a/one' });
  return (await (await fetch(`${origin}/api/rooms`, { method: 'POST', body })).json()) as Made;
}

test('/healthz says that the server serves, also at the root of a host that has it below a path', async () => {
  const origin = await begin({ base: '/learn/' });
  for (const path of ['/healthz', '/learn/healthz']) {
    const response = await get(origin + path);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  }
  expect((await fetch(`${origin}/healthz`, { method: 'POST' })).status).toBe(405);
});

describe('/metrics', () => {
  test('counts rooms, lines, messages, limits, responses and classes', async () => {
    const origin = await begin();
    await makeRoom(origin);
    const { address } = await makeRoom(origin);
    const client = await connectAsync(`mqtt://127.0.0.1:${running!.mqttPort}`, { username: address, password: 'x' }); // prettier-ignore
    await client.subscribeAsync('t');
    const came = new Promise((resolve) => client.once('message', resolve));
    await client.publishAsync('t', 'secret-payload', { qos: 1 });
    await came;
    const metrics = await metricsOf(origin);
    expect(metrics.get('retained_rooms')).toBe(2);
    expect(metrics.get('retained_lines')).toBe(1);
    expect(metrics.get('retained_messages_total{direction="to-broker"}')).toBe(1);
    expect(metrics.get('retained_messages_total{direction="to-client"}')).toBe(1);
    expect(metrics.get('retained_packets_total{direction="to-broker"}')).toBeGreaterThanOrEqual(3);
    expect(metrics.get('retained_http_responses_total{code="200"}')).toBe(2);
    expect(metrics.get('retained_classes')).toBe(0);
    expect(metrics.get('process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(metrics.has('retained_event_loop_delay_seconds{quantile="0.99"}')).toBe(true);
    // A topic above the limit closes the line.
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    client.publish('t'.repeat(5000), 'x');
    await closed;
    const after = await metricsOf(origin);
    const limits = [...after].filter(([name]) => name.startsWith('retained_limit_total'));
    expect(limits).toEqual([[expect.stringMatching(/effect="closed"|effect="refused"/), 1]]);
    await client.endAsync(true);
  });

  test('names no room, no member, no topic and no payload', async () => {
    const origin = await begin();
    const { address, watchKey } = await makeRoom(origin);
    const client = await connectAsync(`mqtt://127.0.0.1:${running!.mqttPort}`, { username: address, password: 'x' }); // prettier-ignore
    await client.publishAsync('secret-topic', 'secret-payload', { qos: 1 });
    await client.endAsync();
    const text = await (await get(`${origin}/metrics`, asTeacher())).text();
    for (const secret of [
      address,
      watchKey,
      address.slice(0, -11),
      'secret-topic',
      'secret-payload',
      running!.teacherSecret!,
    ])
      // prettier-ignore
      expect(text).not.toContain(secret);
  });

  test.each<[string, Record<string, string>, string]>([
    ['nothing, from this machine', {}, ''],
    ['another key', { authorization: 'Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }, ''],
    ['an empty key', { authorization: 'Bearer ' }, ''],
    ['a proxy that says it is this machine', { 'x-forwarded-for': '127.0.0.1' }, ''],
    ['a proxy that names nobody', { host: 'course.example.org' }, ''],
    ['the key in the address', {}, '?key='],
  ])('is refused with %s', async (_, headers, query) => {
    const origin = await begin({ proxies: ['127.0.0.1'] });
    const url = `${origin}/metrics${query && query + running!.teacherSecret}`;
    const response = await get(url, headers);
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('retained_');
  });

  test('has no key without a data folder, and is not there', async () => {
    const origin = await begin({ data: undefined });
    expect((await get(`${origin}/metrics`, { authorization: 'Bearer null' })).status).toBe(404);
  });

  test('on its own port: for this machine only, under its own names, and nothing else', async () => {
    await begin({ metricsPort: 0, host: '0.0.0.0', data: undefined });
    const port = running!.metricsPort!;
    expect(await (await get(`http://127.0.0.1:${port}/metrics`)).text()).toContain('retained_rooms 0\n'); // prettier-ignore
    expect((await get(`http://localhost:${port}/metrics`)).status).toBe(200);
    const refused: Record<string, string>[] = [
      { 'x-forwarded-for': '127.0.0.1' },
      { via: '1.1 proxy' },
      { forwarded: 'for=127.0.0.1' },
    ];
    for (const headers of refused)
      expect((await get(`http://127.0.0.1:${port}/metrics`, headers)).status).toBe(400);
    // fetch writes its own Host: a page whose name points here sends that name.
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /metrics HTTP/1.1\r\nHost: evil.example:1\r\nConnection: close\r\n\r\n');
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += String(chunk)));
    await once(socket, 'close');
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect((await get(`http://127.0.0.1:${port}/api/rooms`)).status).toBe(404);
    const other = Object.values(networkInterfaces()).flat().find((one) => one?.family === 'IPv4' && !one.internal); // prettier-ignore
    if (other) await expect(get(`http://${other.address}:${port}/metrics`)).rejects.toThrow();
  });

  test('its text escapes what stands in a label', () => {
    expect(metric('x', 'gauge', 'help', [[{ a: 'b"c\\d\ne' }, 1]])).toBe(
      '# HELP x help\n# TYPE x gauge\nx{a="b\\"c\\\\d\\ne"} 1\n',
    );
  });
});

describe('a server that ends', () => {
  test('tells the pages when to come back', async () => {
    const origin = await begin();
    const { address, watchKey } = await makeRoom(origin);
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/watch/${address}?key=${watchKey}`); // prettier-ignore
    const said: unknown[] = [];
    socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) said.push(JSON.parse(String(data)));
    });
    await once(socket, 'message');
    const closed = once(socket, 'close');
    await running!.stop();
    running = undefined;
    const [code, reason] = (await closed) as [number, Buffer];
    expect([code, String(reason)]).toEqual([1012, 'stopping']);
    expect(said.at(-1)).toEqual({ type: 'closing', reason: 'stopping', afterMs: 3000 });
  });

  test('begins nothing new: 503 with Retry-After, for requests and for WebSockets', async () => {
    const rooms = new Rooms(testExercises, { engine: createBroker });
    const context = makeListenerContext(rooms);
    const http = await listenHttp(context, [], listenWebSocket(context), { port: 0, host: '127.0.0.1' }); // prettier-ignore
    const { address } = await rooms.create('a/one');
    context.operation.stopping = true;
    for (const path of ['/healthz', '/', '/api/rooms']) {
      const response = await get(`http://127.0.0.1:${http.port}${path}`);
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '3']);
    }
    const socket = connect(http.port, '127.0.0.1');
    socket.write(
      `GET /mqtt/${address} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += String(chunk)));
    await once(socket, 'close');
    expect(text).toMatch(/^HTTP\/1\.1 503 .*\r\nRetry-After: 3\r\n/s);
    await http.close();
    await rooms.close();
    context.memory.close();
    context.responses.close();
  });
});

test('the dashboard asks for metrics that there are', async () => {
  const origin = await begin();
  await get(`${origin}/healthz`);
  const text = await (await get(`${origin}/metrics`, asTeacher())).text();
  const there = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!));
  const file = new URL('../../../deploy/grafana.json', import.meta.url);
  const { panels } = JSON.parse(await readFile(file, 'utf8')) as {
    panels: { title: string; targets: { expr: string }[] }[];
  };
  const asked = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => expr.match(/\b(?:retained|process|nodejs)_\w+/g) ?? [])); // prettier-ignore
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((name) => !there.has(name))).toEqual([]);
  // The other way round: a metric that nobody sees is one to leave out.
  const unseen = ['retained_lines_opened_total', 'retained_packets_total', 'retained_refused_frames_total']; // prettier-ignore
  expect([...there].filter((name) => !asked.includes(name)).sort()).toEqual(unseen);
});

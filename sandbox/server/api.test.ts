import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeListenerContext } from './listener-context.ts';
import type { ErrorResponse, RoomResponse } from '../protocol/api.ts';
import { createBroker } from '../engine/builtin/index.ts';
import { Rooms } from '../rooms/rooms.ts';
import { apiHandler } from './api.ts';
import { listen } from './listeners/listen.ts';

let rooms: Rooms;
let server: Server;
let origin: string;

beforeEach(async () => {
  const exercise = { devices: [], scene: {}, checks: [] };
  rooms = new Rooms(
    { get: async (name) => (name === 'a/b' ? exercise : null) },
    { engine: createBroker, limits: { rooms: 3, roomsPerMinute: 5, wrongRoomAddresses: 3 } },
  );
  const api = apiHandler({
    context: makeListenerContext(rooms),
    tcpPort: () => 1883,
    tlsPort: () => null,
  });
  server = createServer((request, response) => api(request, response, () => response.end('page')));
  await listen(server, 0, '127.0.0.1');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await rooms.close();
  server.closeAllConnections();
  server.close();
});

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${origin}/api/rooms`, { method: 'POST', body, headers });
const ask = (exercise = 'a/b') => post(JSON.stringify({ exercise }));
const errorOf = async (response: Response) => [
  response.status,
  ((await response.json()) as ErrorResponse).error,
];

test('a room is made, and its address opens it', async () => {
  const answer = (await (await ask()).json()) as RoomResponse;
  expect(answer).toMatchObject({ tcpPort: 1883, tlsPort: null });
  expect(answer.address.startsWith(`${answer.code}-`)).toBe(true);
  expect((await fetch(`${origin}/api/rooms/${answer.address}`)).status).toBe(200);
});

test('what is not a request is refused with a reason', async () => {
  expect(await errorOf(await ask('no/such'))).toEqual([404, 'unknown-exercise']);
  expect(await errorOf(await post('{'))).toEqual([400, 'bad-request']);
  expect(await errorOf(await post('{"exercise":7}'))).toEqual([400, 'bad-request']);
  expect(await errorOf(await post('x'.repeat(10_000)))).toEqual([400, 'bad-request']);
  expect(await errorOf(await fetch(`${origin}/api/other`))).toEqual([404, 'not-found']);
});

test('a method that an address does not have is 405, and OPTIONS names those it has', async () => {
  const ask = (method: string, path: string) => fetch(`${origin}/api/${path}`, { method });
  for (const [path, methods, allow] of [
    ['rooms', ['GET', 'PUT', 'DELETE'], 'POST, OPTIONS'],
    ['rooms/brave-otter', ['POST', 'PUT', 'DELETE'], 'GET, HEAD, OPTIONS'],
  ] as const) {
    for (const method of methods) {
      const answer = await ask(method, path);
      expect(answer.headers.get('allow')).toBe(allow);
      expect(await errorOf(answer)).toEqual([405, 'not-allowed']);
    }
    const options = await ask('OPTIONS', path);
    expect([options.status, options.headers.get('allow')]).toEqual([204, allow]);
  }
});

test('another site’s page gets no room', async () => {
  const answer = await post('{"exercise":"a/b"}', { origin: 'https://elsewhere.example' });
  expect(await errorOf(answer)).toEqual([400, 'other-origin']);
  expect(rooms.size).toBe(0);
});

test('a name that was pointed here makes no room', async () => {
  const { port } = new URL(origin);
  const ask = (host: string) =>
    new Promise<number>((resolve, reject) => {
      const headers = { host, origin: `http://${host}` };
      request(
        { host: '127.0.0.1', port, path: '/api/rooms', method: 'POST', headers },
        (answer) => {
          resolve(answer.resume().statusCode!);
        },
      )
        .on('error', reject)
        .end('{"exercise":"a/b"}');
    });
  expect(await ask(`evil.example:${port}`)).toBe(400);
  expect(rooms.size).toBe(0);
  expect(await ask(`localhost:${port}`)).toBe(200);
});

test('the server has so many rooms and no more, and one address asks so often', async () => {
  for (let i = 0; i < 3; i++) expect((await ask()).status).toBe(200);
  expect(await errorOf(await ask())).toEqual([503, 'server-full']);
  await ask();
  expect(await errorOf(await ask())).toEqual([429, 'too-many-requests']);
});

test('a wrong address is not there; after a few guesses there are no answers, but a right one is', async () => {
  const { address } = (await (await ask()).json()) as RoomResponse;
  const wrong = `${address.slice(0, -1)}${address.endsWith('0') ? '1' : '0'}`;
  const look = (at: string) => fetch(`${origin}/api/rooms/${at}`);
  for (let i = 0; i < 3; i++) expect(await errorOf(await look(wrong))).toEqual([404, 'no-room']);
  expect(await errorOf(await look(wrong))).toEqual([429, 'too-many-requests']);
  expect((await look(address)).status).toBe(200);
  expect((await ask()).status).toBe(200);
});

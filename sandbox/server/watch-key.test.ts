/** Who has a room's address, as a learner passes it on for `mosquitto_pub`, is an MQTT client: no more. */
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { Arena, refusal, wanted } from '../testing/limit-cases/arena.ts';
import type { RoomResponse } from '../protocol/api.ts';
import { entriesOf } from '../testing/seen.ts';

const wrongKey = '0123456789';
let arena: Arena;
beforeEach(async () => {
  arena = await Arena.open({ wrongRoomAddresses: 4, wrongRoomAddressesMs: 600_000 });
});
afterEach(() => arena.close());

/** What becomes of a watch stream: `open`, or why not. */
const watching = async (path: string, localAddress = '127.0.0.1'): Promise<string> => {
  const socket = new WebSocket(`ws://127.0.0.1:${arena.running.port}${path}`, { localAddress });
  const opened = once(socket, 'open').then(
    () => 'open',
    (error: Error) => error.message,
  );
  const result = await opened;
  socket.terminate();
  return result;
};
const look = (query: string): Promise<Response> =>
  fetch(`http://127.0.0.1:${arena.running.port}/api/rooms/${arena.address}${query}`);

test.each(['', '?key=', `?key=${wrongKey}`, '?from=1&run=0'])(
  'does not watch with “%s”, and hears nothing but what a wrong address hears',
  async (query) => {
    expect(await watching(`/watch/${arena.address}${query}`)).toBe(await watching('/watch/no-room-0000000000')); // prettier-ignore
    await arena.viewer().next('welcome');
  },
);

test('the address is no watch key, and the watch key no address', async () => {
  const [, key] = /-([^-]+)$/.exec(arena.address)!;
  expect(await watching(`/watch/${arena.address}?key=${key}`)).toContain('404');
  expect(await watching(`/watch/${arena.room.code}-${arena.watchKey}?key=${key}`)).toContain('404');
  const client = arena.tcp();
  const username = `${arena.room.code}-${arena.watchKey}`;
  expect(await client.connect('c', { username })).toMatchObject({ returnCode: 5 });
});

test('is an outside client over WebSocket and TCP', async () => {
  await arena.joined('tcp');
  expect(await (await arena.web()).connect('web')).toMatchObject({ returnCode: 0 });
  const roles = entriesOf(arena.room, 'line-opened').map(({ role }) => role);
  expect(roles).toEqual(['outside', 'outside']);
});

test('is no device of the page: without the key it is refused, and forges no check', async () => {
  const path = `${arena.address}?device=publisher`;
  for (const query of ['', `&key=${wrongKey}`]) {
    const client = await arena.web(4, `${path}${query}`);
    expect(await client.connect('forged')).toMatchObject({ returnCode: 5 });
  }
  expect(entriesOf(arena.room, 'line-opened')).toEqual([]);
  const own = await arena.web(4, `${path}&key=${arena.watchKey}`);
  expect(await own.connect('own')).toMatchObject({ returnCode: 0 });
  expect(entriesOf(arena.room, 'line-opened')).toMatchObject([
    { role: 'device', name: 'publisher' },
  ]);
});

test('guesses of a watch key are slowed as those of an address are', async () => {
  await arena.viewer().next('welcome');
  for (let n = 0; n < 4; n++)
    expect(await watching(`/watch/${arena.address}?key=${wrongKey}`)).toContain('404');
  expect(await watching(`/watch/${arena.address}?key=${wrongKey}`)).toContain('hang up');
  // Who has watched from here comes in; the right key of a room that nobody of here has watched does not.
  await arena.viewer().next('welcome');
  const other = await arena.running.rooms.create('test/other');
  expect(await watching(`/watch/${other.address}?key=${other.watchKey}`)).toContain('hang up');
  expect(await watching(`/watch/${other.address}?key=${other.watchKey}`, '127.0.0.9')).toBe('open');
  // Who makes a room has it.
  const made = (await (await arena.post(wanted)).json()) as RoomResponse;
  expect(await watching(`/watch/${made.address}?key=${made.watchKey}`)).toBe('open');
});

test('an MQTT client of a network address does not let its guesses of the watch key in', async () => {
  const client = arena.tcp(4, '127.0.0.8');
  expect(await client.connect('c', { username: arena.address })).toMatchObject({ returnCode: 0 });
  for (let n = 0; n < 5; n++)
    await watching(`/watch/${arena.address}?key=${wrongKey}`, '127.0.0.8');
  expect(await watching(arena.watchPath, '127.0.0.8')).toContain('hang up');
});

test('a page learns whether its key is right, a tool whether the room is there', async () => {
  expect((await look('')).status).toBe(200);
  expect((await look(`?key=${arena.watchKey}`)).status).toBe(200);
  expect(await refusal(await look(`?key=${wrongKey}`))).toEqual([404, 'no-room']);
  expect(await (await look('')).text()).not.toContain(arena.watchKey);
});

test('the room that is made has a key of 50 bits that is in no address', async () => {
  const made = (await (await arena.post(wanted)).json()) as RoomResponse;
  expect(made.watchKey).toMatch(/^[0-9a-hjkmnp-tv-z]{10}$/);
  expect(made.address).not.toContain(made.watchKey);
});

test('the open room cannot be watched', async () => {
  const room = arena.running.rooms.openRoom('class');
  expect(await watching(`/watch/${room.code}`)).toContain('404');
});

import { afterEach, expect, test } from 'vitest';
import type { LimitValues } from '../shared/config.ts';
import { createBroker } from '../engine/builtin/index.ts';
import type { Room } from '../room/room.ts';
import { Rooms } from './rooms.ts';
import type { MqttClient } from '../testing/mqtt-client.ts';
import { roomClient } from '../testing/room-client.ts';

let rooms: Rooms;
afterEach(() => rooms.close());

const open = (limits: Partial<LimitValues>, process?: number): Rooms => {
  const exercise = { devices: [], scene: {}, checks: [] };
  return (rooms = new Rooms(
    { get: async () => exercise },
    { engine: createBroker, limits, ...(process !== undefined && { process }) },
  ));
};
const create = () => rooms.create('a/b');
const watch = (room: Room) =>
  room.watch({ binary() {}, message() {}, unsent: () => 0 }, { run: 0, n: 1 });
async function join(room: Room): Promise<MqttClient> {
  await room.ready();
  const client = roomClient(room);
  await client.connect('a');
  return client;
}
async function comeAndGo(room: Room): Promise<void> {
  const client = await join(room);
  client.stream.destroy();
  await expect.poll(() => room.busy).toBe(false);
}
const isThere = ({ address }: { address: string }) => rooms.find(address) !== null;

test('if all are taken, one that was never used is ended; then the longest idle', async () => {
  open({ rooms: 4, spareRoomMs: 0 });
  const [watched, joined, left] = await Promise.all([create(), create(), create()]);
  watch(watched.room);
  await join(joined.room);
  await comeAndGo(left.room);
  const unused = await create();
  const fifth = await create();
  expect([watched, joined, left, unused].map(isThere)).toEqual([true, true, true, false]);
  // `isThere` has looked at it, as one that comes back does: it is the newer one of the two.
  await comeAndGo(fifth.room);
  expect(isThere(left)).toBe(true);
  const sixth = await create();
  expect([watched, joined, left, fifth].map(isThere)).toEqual([true, true, true, false]);
  watch(sixth.room);
  const seventh = await create();
  expect([watched, joined, left, sixth].map(isThere)).toEqual([true, true, false, true]);
  await join(seventh.room);
  await expect(create()).rejects.toMatchObject({ code: 'server-full' });
  expect([watched, joined, sixth, seventh].map(isThere)).toEqual([true, true, true, true]);
});

test('a room whose page is about to come makes no place', async () => {
  open({ rooms: 2, spareRoomMs: 60_000 });
  const [one, other] = [await create(), await create()];
  await expect(create()).rejects.toMatchObject({ code: 'server-full' });
  expect([one, other].map(isThere)).toEqual([true, true]);
});

test('traces of all rooms share memory; a room that ends gives its part back', async () => {
  open({ traceBytesInAll: 300_000 });
  const made = [await create(), await create(), await create()];
  const fill = async ({ room }: { room: Room }): Promise<void> => {
    const client = await join(room);
    for (let n = 0; n < 10; n++) await client.publish('t', Buffer.alloc(40_000)).ping();
  };
  const bytes = (): number => made.reduce((sum, { room }) => sum + room.trace.bytes, 0);
  for (const one of made) await fill(one);
  expect(bytes()).toBeLessThanOrEqual(300_000);
  for (const { room } of made) expect(room.trace.bytes).toBeGreaterThan(40_000);
  await made[0]!.room.close('expired');
  await made[1]!.room.close('expired');
  await fill(made[2]!);
  expect(made[2]!.room.trace.bytes).toBeGreaterThan(200_000);
});

test('the open room makes no place', async () => {
  open({ rooms: 1, spareRoomMs: 0 });
  const room = rooms.openRoom('class');
  await expect(create()).rejects.toMatchObject({ code: 'server-full' });
  await rooms.sweep(performance.now() + 1e9);
  expect(rooms.open).toBe(room);
  expect(rooms.size).toBe(1);
});

test('a room that was found is as new, until its line is there', async () => {
  open({ unusedRoomMs: 1000 });
  const { room, address } = await create();
  room.usedAt -= 5000;
  expect(rooms.find(address)).toBe(room);
  await rooms.sweep();
  expect(rooms.size).toBe(1);
  room.usedAt -= 5000;
  await rooms.sweep();
  expect(rooms.size).toBe(0);
});

test('an observer receives every room that begins and ends, and those that exist', async () => {
  open({ rooms: 2, spareRoomMs: 0 });
  const { room: first } = await create();
  const heard: string[] = [];
  const observed = rooms.observe({
    began(room, exercise) {
      heard.push(`began ${room.code} ${exercise}`);
      room.observe({ ended: (reason) => heard.push(`room ${room.code} ${reason}`) });
    },
    ended: (room, reason) => heard.push(`ended ${room.code} ${reason}`),
  });
  const { room: second } = await create();
  watch(second);
  await create();
  await expect.poll(() => heard.some((each) => each.startsWith('ended'))).toBe(true);
  await rooms.sweep(performance.now() + 1e9);
  await rooms.close();
  const of = (code: string) => heard.filter((each) => each.includes(code));
  expect(of(first.code)).toEqual([
    `began ${first.code} a/b`,
    `room ${first.code} expired`,
    `ended ${first.code} expired`,
  ]);
  expect(of(second.code)).toEqual([
    `began ${second.code} a/b`,
    `room ${second.code} stopping`,
    `ended ${second.code} stopping`,
  ]);
  observed.close();
});

test('in a course of several processes a code ends with the number of its own', async () => {
  open({}, 7);
  const made = await Promise.all(Array.from({ length: 20 }, create));
  for (const { code, address, room } of made) {
    expect(code).toMatch(/^[a-z]+-[a-z]+-7$/);
    expect(rooms.find(address)).toBe(room);
    expect(rooms.isElsewhere(address)).toBe(false);
  }
  expect(new Set(made.map(({ code }) => code)).size).toBe(20);
});

test.each([
  ['brave-otter-2-x7k2m9q4wd', true],
  ['Brave-Otter-17-x7k2m9q4wd ', true],
  ['brave-otter-7-x7k2m9q4wd', false],
  ['brave-otter-x7k2m9q4wd', false],
  ['brave-otter-2-x7k2m9q', false],
  ['brave-otter-100-x7k2m9q4wd', false],
  ['2', false],
])('%j is of another process than 7: %s', (address, elsewhere) => {
  open({}, 7);
  expect(rooms.isElsewhere(address)).toBe(elsewhere);
});

test('where a course is one process, no address is of another', () => {
  open({});
  expect(rooms.isElsewhere('brave-otter-2-x7k2m9q4wd')).toBe(false);
});

import { afterEach, expect, test } from 'vitest';
import { defaults, limits } from '../shared/config.ts';
import type { RoomRules } from './room-broker.ts';
import type { Room } from './room.ts';
import { createBroker } from '../engine/builtin/index.ts';
import { Rooms } from '../rooms/rooms.ts';
import { roomClient } from '../testing/room-client.ts';

let rooms: Rooms | undefined;
afterEach(() => rooms?.close());

async function openRoom(rules?: RoomRules): Promise<Room> {
  rooms = new Rooms({ get: () => Promise.resolve(null) }, { engine: createBroker });
  const room = rooms.openRoom('class', rules);
  await room.ready();
  return room;
}

test('5.0 clients receive the keep alive and the largest packet; 3.1.1 clients keep theirs', async () => {
  const room = await openRoom();
  const { properties } = await roomClient(room, {}, 5).connect('five', { keepalive: 120 });
  expect(properties).toMatchObject({
    serverKeepAlive: defaults.openRoomKeepAlive,
    maximumPacketSize: limits.packetBytes.default,
  });
  expect((await roomClient(room).connect('four', { keepalive: 120 })).returnCode).toBe(0);
  const keepAlives = room.state.clients.map(({ keepAlive }) => keepAlive);
  expect(keepAlives).toEqual([defaults.openRoomKeepAlive, 120]);
});

test('its host may refuse filters', async () => {
  const room = await openRoom({ authorizeSubscribe: (_, filter) => filter !== 'no' });
  const old = roomClient(room);
  await old.connect('four');
  const five = roomClient(room, {}, 5);
  await five.connect('five');
  expect((await old.subscribe('no')).granted).toEqual([0x80]);
  expect((await five.subscribe('no')).granted).toEqual([0x87]);
  expect((await five.subscribe('no/x')).granted).toEqual([0]);
});

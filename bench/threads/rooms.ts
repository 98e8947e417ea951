/** A room, in the main thread or in a worker. */
import { createBroker } from '../../sandbox/engine/builtin/index.ts';
import { Rooms } from '../../sandbox/rooms/rooms.ts';
import { limitValues } from '../../sandbox/shared/config.ts';
import type { Room } from '../../sandbox/room/room.ts';

/** Nothing here is about limits. */
const unlimited = Object.fromEntries(
  ['packetsPerSecond', 'packetsBurst', 'bytesPerSecond', 'bytesBurst'].map((name) => [name, 1e9]),
);

export async function openRoom(): Promise<Room> {
  const exercise = { devices: [], scene: {}, checks: [] };
  const limits = { ...limitValues(), ...unlimited };
  const rooms = new Rooms({ get: async () => exercise }, { engine: createBroker, limits });
  const { room } = await rooms.create('bench/plain');
  await room.ready();
  return room;
}

/** The number of rooms, and when they expire. */
import { expect } from 'vitest';
import { refusal, wanted, type LimitCases } from './arena.ts';

export const roomExpiryCases: LimitCases = {
  rooms: {
    // The attacked room and its neighbour are two of them.
    limits: { rooms: 4 },
    async hit(arena) {
      while (arena.running.rooms.size < 4) expect((await arena.post(wanted)).status).toBe(200);
      expect(await refusal(await arena.post(wanted))).toEqual([503, 'server-full']);
    },
  },
  roomIdleMs: {
    limits: { roomIdleMs: 60_000 },
    async hit(arena) {
      const { running } = arena;
      const { address } = arena;
      const guest = await arena.joined('a');
      guest.stream.destroy();
      await expect.poll(() => arena.room.busy).toBe(false);
      const now = performance.now();
      await running.rooms.sweep(now + 50_000);
      expect(running.rooms.find(address)).not.toBeNull();
      const busy = running.rooms.size;
      await running.rooms.sweep(now + 70_000);
      // The neighbour is connected, so it stays.
      expect(running.rooms.find(address)).toBeNull();
      expect(running.rooms.size).toBeLessThan(busy);
    },
  },
  unusedRoomMs: {
    limits: { unusedRoomMs: 60_000 },
    async hit(arena) {
      const { rooms } = arena.running;
      const response = await arena.post(wanted);
      const { address } = (await response.json()) as { address: string };
      const watched = arena.viewer();
      await watched.next('welcome');
      watched.socket.close();
      await expect.poll(() => arena.room.busy).toBe(false);
      await rooms.sweep(performance.now() + 59_000);
      expect(rooms.find(address)).not.toBeNull();
      await rooms.sweep(performance.now() + 61_000);
      expect(rooms.find(address)).toBeNull();
      // No client is connected now, but one was, and may come back.
      expect(rooms.find(arena.address)).toBe(arena.room);
    },
  },
  spareRoomMs: {
    // The attacked room and its neighbour are two of them.
    limits: { rooms: 3, spareRoomMs: 1500 },
    async hit(arena) {
      const { rooms } = arena.running;
      await arena.viewer().next('welcome');
      const response = await arena.post(wanted);
      const { address } = (await response.json()) as { address: string };
      expect(await refusal(await arena.post(wanted))).toEqual([503, 'server-full']);
      const post = async () => (await arena.post(wanted)).status;
      await expect.poll(post, { timeout: 15_000 }).toBe(200);
      expect(rooms.find(address)).toBeNull();
      // A watched room stays, however many are requested.
      await expect.poll(post, { timeout: 15_000 }).toBe(200);
      expect(rooms.find(arena.address)).toBe(arena.room);
      expect(rooms.size).toBe(3);
    },
  },
};

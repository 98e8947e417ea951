/** Limits of what an address may use of the server's memory and time. */
import { expect } from 'vitest';
import type { LimitCases } from './arena.ts';

export const shareCases: LimitCases = {
  waitingPerAddress: {
    limits: { waitingPerAddress: 200_000, heldBytes: 1_000_000 },
    async hit(arena) {
      const frozen = await arena.joined('frozen');
      await frozen.subscribe('t');
      arena.room.setConditions({ client: 'frozen', frozen: true });
      const other = arena.tcp(4, '127.0.0.77');
      await other.connect('other', { username: arena.address });
      for (let i = 0; i < 10; i++) other.publish('t', Buffer.alloc(30_000));
      await arena.noted('waitingPerAddress');
      await arena.closedByLimit();
      expect(other.closed).toBe(false);
    },
  },
  turnMs: {
    // Nothing fits into a turn: all of it waits for the next one.
    limits: { turnMs: 0, packetsBurst: 1000 },
    async hit(arena) {
      const client = await arena.joined('a');
      await client.subscribe('t');
      for (let i = 0; i < 200; i++) client.publish('t', String(i));
      for (let i = 0; i < 200; i++)
        expect(String((await client.next('publish')).payload)).toBe(String(i));
    },
  },
};

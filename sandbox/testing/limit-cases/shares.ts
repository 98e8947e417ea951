/** Limits of what an address may use of the server's memory and time. */
import { once } from 'node:events';
import { connect } from 'node:net';
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
  responseBytesBurst: {
    limits: { responseBytesBurst: 200_000, responseBytesPerSecond: 1 },
    async hit({ running }) {
      const first = download(running.port);
      await first.until(200_000);
      // It waits at most one slice later; another address is not affected.
      const other = download(running.port, '127.0.0.2');
      await other.until(200_000);
      expect(first.bytes()).toBeLessThan(300_000);
      for (const { socket } of [first, other]) socket.destroy();
    },
  },
  responseBytesPerSecond: {
    limits: { responseBytesBurst: 100_000, responseBytesPerSecond: 1_000_000 },
    async hit({ running }) {
      const started = performance.now();
      const { socket, until } = download(running.port);
      await until(600_000);
      // A slow machine needs longer, no machine less.
      expect(performance.now() - started).toBeGreaterThan(300);
      socket.destroy();
    },
  },
};

/** Reads the big file from one address of this machine. */
function download(port: number, localAddress = '127.0.0.1') {
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  let bytes = 0;
  socket.on('error', () => {});
  socket.on('data', (chunk) => (bytes += chunk.length));
  socket.write('GET /big.js HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const until = async (wanted: number): Promise<void> => {
    while (bytes < wanted) await once(socket, 'data');
  };
  return { socket, until, bytes: () => bytes };
}

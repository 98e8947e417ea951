/** Messages that are never whole are bounded in bytes for each network address, on every WebSocket. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { wsFrame, upgradeHead } from '../../../bench/trust/wire.ts';
import { Arena } from '../../testing/limit-cases/arena.ts';

let arena: Arena;
const waitingPerAddress = 300_000;
beforeAll(async () => {
  arena = await Arena.open({ waitingPerAddress });
});
afterAll(() => arena.close());
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

/** An open WebSocket; `got` are the bytes that the server has sent since then. */
async function open(path: string, protocol?: string) {
  const socket = connect(arena.running.port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => {});
  socket.write(upgradeHead(path, protocol));
  const [head] = (await once(socket, 'data')) as [Buffer];
  expect(String(head)).toMatch(/^HTTP\/1\.1 101 /);
  const seen = { got: Buffer.alloc(0), closed: false };
  socket.on('data', (bytes: Buffer) => (seen.got = Buffer.concat([seen.got, bytes])));
  socket.on('close', () => (seen.closed = true));
  return { socket, seen };
}
/** A close frame of the server with this status code (RFC 6455, section 7.4). */
const closeFrame = (code: number): Buffer => Buffer.from([code >> 8, code & 255]);

const unfinished = wsFrame(Buffer.alloc(200_000, 65), 1).subarray(0, -1);
const fragments = (() => {
  const parts = Array.from({ length: 10 }, (_, n) =>
    wsFrame(Buffer.alloc(20_000, 65), n === 0 ? 2 : 0),
  );
  for (const part of parts) part[0]! &= 0x7f;
  // A ping in between ends no message.
  return Buffer.concat(parts.flatMap((part) => [part, wsFrame(Buffer.alloc(0), 9)]));
})();

test.each([
  ['viewers', 'a frame', unfinished],
  ['viewers', 'fragments and pings', fragments],
  ['lines', 'a frame', unfinished],
  ['lines', 'fragments and pings', fragments],
] as const)('of %s that hold %s, those over the bound are closed', async (who, _, bytes) => {
  const isLine = who === 'lines';
  const path = isLine ? `/mqtt/${arena.address}` : arena.watchPath;
  const all: Awaited<ReturnType<typeof open>>[] = [];
  for (let n = 0; n < 3; n++) all.push(await open(path, isLine ? 'mqtt' : undefined));
  const [first, second, honest] = all;
  first!.socket.write(bytes);
  await new Promise((resolve) => setTimeout(resolve, 600));
  // One is below the bound.
  expect(all.map(({ seen }) => seen.closed)).toEqual([false, false, false]);
  second!.socket.write(bytes);
  await expect
    .poll(() => all.filter(({ seen }) => seen.closed).length, { timeout: 10_000 })
    .toBeGreaterThan(0);
  expect(honest!.seen.closed).toBe(false);
  const closed = all.find(({ seen }) => seen.closed)!;
  expect(closed.seen.got.includes(closeFrame(1009))).toBe(true);
});

test('whole messages are no unfinished ones, however many', async () => {
  const { socket, seen } = await open(arena.watchPath);
  const request = wsFrame(Buffer.from(JSON.stringify({ type: 'arm', rules: [], replace: true, id: 1, pad: 'x'.repeat(100_000) })), 1); // prettier-ignore
  for (let n = 0; n < 8; n++) {
    socket.write(request);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect([seen.closed, seen.got.includes(closeFrame(1009))]).toEqual([false, false]);
});

import { PassThrough } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import { atOnce, type Turns } from '../../shared/turns.ts';
import { meterReads } from './metered-reads.ts';

afterEach(() => void vi.restoreAllMocks());

test('what waits for its turn stops the reading, and comes whole and in order', async () => {
  const socket = new PassThrough();
  const later: (() => void)[] = [];
  const turns: Turns = { ...atOnce, run: (work) => void later.push(work) };
  const got: string[] = [];
  socket.on('data', (chunk) => got.push(String(chunk)));
  meterReads(socket, turns, { isOpen: () => true });
  socket.write('one');
  await new Promise((resolve) => setImmediate(resolve));
  expect([got, later.length, socket.isPaused()]).toEqual([[], 1, true]);
  socket.write('two');
  while (later.length > 0) {
    later.shift()!();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect([got.join(' '), socket.isPaused()]).toEqual(['one two', false]);
});

test('a chunk that takes long is cut into pieces, with turns in between', () => {
  const socket = new PassThrough();
  const later: (() => void)[] = [];
  const turns: Turns = { ...atOnce, over: true, later: (work) => void later.push(work) };
  const sizes: number[] = [];
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  socket.on('data', (chunk: Buffer) => {
    sizes.push(chunk.length);
    now += chunk.length / 1000;
  });
  meterReads(socket, turns, { isOpen: () => true });
  socket.emit('data', Buffer.alloc(30_000));
  socket.emit('data', Buffer.alloc(30_000));
  while (later.length > 0) later.shift()!();
  expect(sizes[0]).toBe(30_000);
  expect(sizes.slice(1)).toEqual([4096, 4096, 4096, 4096, 4096, 4096, 4096, 1328]);
  expect(sizes.reduce((a, b) => a + b)).toBe(60_000);
});

test('the remaining bytes of a closed connection are not delivered', () => {
  const socket = new PassThrough();
  const later: (() => void)[] = [];
  const got: unknown[] = [];
  socket.on('data', (chunk) => got.push(chunk));
  meterReads(socket, { ...atOnce, run: (work) => void later.push(work) }, { isOpen: () => true });
  socket.emit('data', Buffer.alloc(10));
  socket.emit('close');
  for (const work of later) work();
  expect(got).toEqual([]);
});

test('stopping in the middle of a chunk returns what was not delivered', async () => {
  const socket = new PassThrough();
  const got: string[] = [];
  socket.on('data', (chunk: Buffer) => {
    got.push(String(chunk));
    reads.stop();
    socket.on('data', (left: Buffer) => rest.push(String(left)));
  });
  const rest: string[] = [];
  const reads = meterReads(socket, atOnce, { piece: 3, isOpen: () => true });
  socket.write('onetwo');
  await new Promise((resolve) => setImmediate(resolve));
  expect([got, rest]).toEqual([['one'], ['two']]);
});

test('nothing is delivered while other code keeps the socket paused', async () => {
  const socket = new PassThrough();
  const got: string[] = [];
  let open = true;
  socket.on('data', (chunk: Buffer) => {
    got.push(String(chunk));
    open = false;
    socket.pause();
  });
  meterReads(socket, atOnce, { piece: 3, isOpen: () => open });
  socket.write('onetwo');
  await new Promise((resolve) => setImmediate(resolve));
  expect(got).toEqual(['one']);
  open = true;
  socket.resume();
  await new Promise((resolve) => setImmediate(resolve));
  expect(got).toEqual(['one', 'two']);
});

test('who resumes the socket before its turn gets no more of it', async () => {
  const socket = new PassThrough({ highWaterMark: 4 });
  const later: (() => void)[] = [];
  const got: string[] = [];
  socket.on('data', (chunk: Buffer) => {
    got.push(String(chunk));
    // As a parser of frames does, when it has taken a piece.
    socket.pause();
    process.nextTick(() => socket.resume());
  });
  const turns = { ...atOnce, over: true, later: (work: () => void) => void later.push(work) };
  meterReads(socket, turns, { piece: 2, isOpen: () => true });
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  let written = 0;
  for (let n = 0; n < 100 && socket.write('abcd'); n++, await turn()) written++;
  expect(written).toBeLessThan(10);
  socket.end();
  for (let n = 0; n < 1000 && !socket.readableEnded; n++, await turn()) later.shift()?.();
  expect(got.join('')).toBe('abcd'.repeat(written + 1));
});

test('the end of the stream comes in its turn, behind what waits', async () => {
  const socket = new PassThrough({ autoDestroy: false });
  const later: (() => void)[] = [];
  const got: string[] = [];
  socket.on('data', (chunk) => got.push(String(chunk)));
  socket.on('end', () => got.push('end'));
  const turns: Turns = { ...atOnce, run: (work) => void later.push(work) };
  meterReads(socket, turns, { isOpen: () => true });
  socket.end('last');
  for (const seen of [[], ['last'], ['last', 'end']]) {
    expect(got).toEqual(seen);
    await vi.waitFor(() => expect(later.length).toBe(seen.length === 2 ? 0 : 1));
    later.shift()?.();
  }
});

test('a stream that closes before the turn of its end is not ended any more', () => {
  const socket = new PassThrough({ autoDestroy: false });
  const later: (() => void)[] = [];
  const got: string[] = [];
  socket.on('end', () => got.push('end'));
  const turns: Turns = { ...atOnce, run: (work) => void later.push(work) };
  meterReads(socket, turns, { isOpen: () => true });
  socket.emit('end');
  socket.emit('close');
  for (const work of later) work();
  expect([got, later.length]).toEqual([[], 1]);
});

test('who stops gives the end back to its listeners', async () => {
  const socket = new PassThrough({ autoDestroy: false });
  const ended = new Promise((resolve) => socket.on('end', resolve));
  meterReads(socket, atOnce, { isOpen: () => true }).stop();
  socket.resume();
  socket.end();
  await ended;
});

/** One room to many screens: the same bytes for all, made once. */
import { expect, test } from 'vitest';
import { decodeBatch } from '../../protocol/trace-batch.ts';
import type { Room } from '../../room/room.ts';
import { Trace } from '../../room/trace.ts';
import { Viewers } from '../../room/viewers.ts';
import { atOnce } from '../../shared/turns.ts';
import { ShowCast } from './show-cast.ts';

/** A room's trace and viewers, without a broker. */
function roomOf(entries = 5_000) {
  const trace = new Trace({ entries, bytes: 8_000_000 });
  const state = { run: 1 };
  const viewers = new Viewers(
    {
      ...{ trace, mosquitto: '2.0.21', files: null, checks: { last: 0, results: [] } },
      get run() {
        return state.run;
      },
    },
    1,
    0,
  );
  const room = {
    watch: (...args: Parameters<Viewers['open']>) => viewers.open(...args),
    get state() {
      throw new Error('none');
    },
  } as unknown as Room;
  const write = (text: string): void => {
    trace.append({ type: 'log', text } as never);
    viewers.wake();
  };
  return { room, write, trace, state, viewers };
}
function viewerOf() {
  const viewer = { frames: [] as Buffer[], blocked: false, turns: atOnce };
  return Object.assign(viewer, {
    send: (frame: Buffer) => void viewer.frames.push(frame),
    unsent: () => (viewer.blocked ? 1e9 : 0),
  });
}
const binaryOf = (frames: readonly Buffer[]) => frames.filter((frame) => frame[0] === 0x82);
const payload = (frame: Buffer): Buffer =>
  frame.subarray(frame[1]! < 126 ? 2 : frame[1] === 126 ? 4 : 10);
const numbers = (frames: readonly Buffer[]): number[] =>
  binaryOf(frames).flatMap((frame) => decodeBatch(payload(frame)).map(({ n }) => n));
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

test('two hundred viewers are sent the very same buffers: it costs as many as one', async () => {
  const encoded = async (n: number): Promise<number> => {
    const { room, write } = roomOf();
    const cast = new ShowCast();
    cast.show(room, atOnce);
    const viewers = Array.from({ length: n }, viewerOf);
    for (const viewer of viewers) cast.add(viewer);
    for (let i = 0; i < 3; i++) {
      write(`${i}`);
      cast.tell('screen', `{"n":${i}}`);
      await expect.poll(() => numbers(viewers.at(-1)!.frames).length).toBe(i + 1);
    }
    for (const { frames } of viewers) {
      expect(frames.length).toBe(viewers[0]!.frames.length);
      for (const [at, frame] of frames.entries()) expect(frame).toBe(viewers[0]!.frames[at]);
    }
    const made = cast.encoded;
    cast.close();
    return made;
  };
  expect(await encoded(200)).toBe(await encoded(1));
});

test('one that does not read waits alone, and loses nothing that is kept', async () => {
  const { room, write } = roomOf();
  const cast = new ShowCast();
  cast.show(room, atOnce);
  const [slow, quick] = [viewerOf(), viewerOf()];
  for (const viewer of [slow, quick]) cast.add(viewer);
  slow.blocked = true;
  for (let i = 0; i < 100; i++) write('x'.repeat(100));
  await expect.poll(() => numbers(quick.frames)).toEqual(upTo(100));
  expect(numbers(slow.frames)).toEqual([]);
  slow.blocked = false;
  await expect.poll(() => numbers(slow.frames)).toEqual(upTo(100));
  cast.close();
});

test('of a long run the oldest is gone, and who comes then is told how much', async () => {
  const { room, write, trace } = roomOf();
  const cast = new ShowCast();
  cast.show(room, atOnce);
  const first = viewerOf();
  cast.add(first);
  for (let i = 0; i < 8; i++) {
    for (let n = 0; n < 4; n++) write('x'.repeat(100_000));
    await expect.poll(() => numbers(first.frames).at(-1)).toBe(trace.last);
  }
  const late = viewerOf();
  cast.add(late);
  await expect.poll(() => numbers(late.frames).at(-1)).toBe(trace.last);
  const missing = late.frames.map(String).filter((text) => text.includes('"missing","run"'));
  expect(missing).toHaveLength(1);
  const { from, count } = JSON.parse(missing[0]!.slice(missing[0]!.indexOf('{'))) as { from: number; count: number }; // prettier-ignore
  expect([from, count]).toEqual([1, numbers(late.frames)[0]! - 1]);
  cast.close();
});

test('a pause: what the ring of the room has lost meanwhile is missing, the rest comes', async () => {
  const { room, write } = roomOf(10);
  const cast = new ShowCast();
  cast.show(room, atOnce);
  const viewer = viewerOf();
  cast.add(viewer);
  for (let i = 0; i < 5; i++) write('x');
  await expect.poll(() => numbers(viewer.frames)).toEqual(upTo(5));
  cast.pause();
  for (let i = 0; i < 20; i++) write('x');
  cast.resume();
  await expect.poll(() => numbers(viewer.frames)).toEqual([...upTo(5), ...upTo(25).slice(15)]);
  cast.close();
  expect(String(payload(viewer.frames.at(-1)!))).toBe('{"type":"over"}');
});

import { describe, expect, test, vi } from 'vitest';
import { FrameCutter } from './frame-cutter.ts';

const LIMITS = { maxPacketBytes: 70_000, maxConnectBytes: 20 };
const hex = (text: string): Uint8Array =>
  Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const concat = (parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

/** A PUBLISH of exactly `size` bytes. */
function publish(size: number): Uint8Array {
  for (const lengthBytes of [1, 2, 3, 4]) {
    const body = size - 1 - lengthBytes;
    const length: number[] = [];
    for (let left = body; left > 0 || length.length === 0; left >>= 7) {
      length.push((left & 0x7f) | (left > 0x7f ? 0x80 : 0));
    }
    if (length.length !== lengthBytes) continue;
    const frame = new Uint8Array(size).map((_, i) => i & 0xff);
    frame.set([0x30, ...length, 0, 1, 0x74]);
    return frame;
  }
  throw new Error(`no frame has ${size} bytes`);
}

const STREAM = [publish(7), hex('c000'), publish(129), publish(131), hex('d000'), publish(20_000)];

describe('cuts the same frames however the bytes come', () => {
  const whole = concat(STREAM);
  test.each([1, 2, 3, 5, 7, 64, 1000, 4096, whole.length])('in chunks of %i', (size) => {
    const cutter = new FrameCutter(LIMITS);
    const frames: Uint8Array[] = [];
    for (let at = 0; at < whole.length; at += size) {
      const cut = cutter.push(whole.subarray(at, at + size));
      expect(cut.violation).toBeNull();
      frames.push(...cut.frames);
    }
    expect(frames.map((frame) => Buffer.from(frame).toString('hex'))).toEqual(
      STREAM.map((frame) => Buffer.from(frame).toString('hex')),
    );
    // Nothing of a frame is left: the next bytes are a frame of their own.
    expect(cutter.push(hex('c000')).frames).toEqual([hex('c000')]);
  });
});

test('a frame inside a chunk is a view of the chunk', () => {
  const chunk = concat([publish(10), publish(12)]);
  const { frames } = new FrameCutter(LIMITS).push(chunk);
  expect(frames.map((frame) => [frame.buffer === chunk.buffer, frame.byteOffset])).toEqual([
    [true, 0],
    [true, 10],
  ]);
  const alone = publish(9);
  expect(new FrameCutter(LIMITS).push(alone).frames[0]).toBe(alone);
});

describe('refuses by the fixed header alone', () => {
  test.each([
    ['30 fe a2 04', 'packet-too-large'], // 70,014 bytes
    ['10 13', 'packet-too-large'], // a CONNECT of 21 bytes
    ['30 80 80 80 80', 'remaining-length'],
    ['30 ff ff ff ff 7f', 'remaining-length'],
    ['0a', 'reserved-type'],
    ['00 00', 'reserved-type'],
  ])('%s', (bytes, rule) => {
    for (const size of [1, 99]) {
      const cutter = new FrameCutter(LIMITS);
      const all = hex(bytes);
      for (let at = 0; at < all.length; at += size) cutter.push(all.subarray(at, at + size));
      expect(cutter.violation?.rule).toBe(rule);
    }
  });
  test('frames before it are still yielded, nothing after it is', () => {
    const cutter = new FrameCutter(LIMITS);
    const cut = cutter.push(hex('c000 c000 0000 c000'));
    expect(cut.frames.length).toBe(2);
    expect(cut.violation?.rule).toBe('reserved-type');
    expect(cutter.push(hex('c000')).frames).toEqual([]);
  });
  test('the limits themselves are allowed', () => {
    expect(new FrameCutter(LIMITS).push(publish(70_000)).frames.length).toBe(1);
    const connect = new Uint8Array(20);
    connect.set([0x10, 18]);
    expect(new FrameCutter(LIMITS).push(connect).frames.length).toBe(1);
  });
});

test('a claimed length allocates nothing: only bytes that came are held', () => {
  const cutters = Array.from({ length: 100 }, () => new FrameCutter());
  const before = process.memoryUsage().arrayBuffers;
  for (const cutter of cutters) cutter.push(hex('30 ff ff ff 7f 00'));
  // 1 KB each; the claim is 256 MB each.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
});

test('byte by byte no byte is copied often: each once in, and at most twice more while growing', () => {
  const frame = publish(70_000);
  let copied = 0;
  const { set } = Uint8Array.prototype;
  const spy = vi.spyOn(Uint8Array.prototype, 'set').mockImplementation(function (
    this: Uint8Array,
    source: ArrayLike<number>,
    offset?: number,
  ) {
    copied += source.length;
    set.call(this, source, offset);
  });
  const cutter = new FrameCutter(LIMITS);
  let frames = 0;
  for (let at = 0; at < frame.length; at++) {
    frames += cutter.push(frame.subarray(at, at + 1)).frames.length;
  }
  spy.mockRestore();
  expect(frames).toBe(1);
  expect(copied).toBeGreaterThanOrEqual(frame.length);
  expect(copied).toBeLessThan(3 * frame.length);
});

test('says what memory a frame takes that is not whole', () => {
  const cutter = new FrameCutter(LIMITS);
  const frame = publish(60_000);
  expect(cutter.waiting).toBe(0);
  cutter.push(frame.subarray(0, 50_000));
  expect(cutter.waiting).toBeGreaterThanOrEqual(50_000);
  expect(cutter.waiting).toBeLessThanOrEqual(60_000);
  expect(cutter.push(frame.subarray(50_000)).frames).toHaveLength(1);
  expect(cutter.waiting).toBe(0);
});

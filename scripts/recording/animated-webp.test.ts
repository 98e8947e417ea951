import { expect, test } from 'vitest';
import { animatedWebp } from './animated-webp.ts';

/** A WebP file with one chunk. */
function still(name: string, bytes: number[]): Uint8Array {
  const chunk = Buffer.alloc(8 + bytes.length + (bytes.length % 2));
  chunk.write(name, 'latin1');
  chunk.writeUInt32LE(bytes.length, 4);
  chunk.set(bytes, 8);
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(4 + chunk.length, 4);
  return Buffer.concat([head, chunk]);
}

test('frames at their places for their times, each with its picture', () => {
  const at = { x: 4, y: 2, width: 3, height: 5, ms: 125 };
  const file = Buffer.from(
    animatedWebp(300, 200, [
      { x: 0, y: 0, width: 300, height: 200, ms: 1000, file: still('VP8 ', [1, 2, 3]) },
      { ...at, file: still('VP8 ', [9, 8]) },
    ]),
  );
  expect(file.readUInt32LE(4)).toBe(file.length - 8);
  expect(file.toString('latin1', 8, 16)).toBe('WEBPVP8X');
  expect(file[20]).toBe(0x02);
  expect([file.readUIntLE(24, 3), file.readUIntLE(27, 3)]).toEqual([299, 199]);
  const second = file.lastIndexOf('ANMF');
  const fields = [0, 3, 6, 9, 12].map((by) => file.readUIntLE(second + 8 + by, 3));
  expect(fields).toEqual([2, 1, 2, 4, 125]);
  expect(file.toString('latin1', second + 24, second + 28)).toBe('VP8 ');
  expect([...file.subarray(second + 32)]).toEqual([9, 8]);
  // Of an odd length: padded, and the next chunk is still found.
  const first = file.indexOf('ANMF');
  expect(first + 8 + file.readUInt32LE(first + 4)).toBe(second);
});

test('what is no lossy picture, or stands at an odd place, is refused', () => {
  const frame = { x: 0, y: 0, width: 1, height: 1, ms: 1 };
  const of = (more: object) => () =>
    animatedWebp(1, 1, [{ ...frame, file: still('VP8 ', [1]), ...more }]);
  expect(of({ file: still('VP8L', [1]) })).toThrow('no lossy picture');
  expect(of({ file: Buffer.from('GIF89a') })).toThrow('no WebP');
  expect(of({ x: 3 })).toThrow('not even');
});

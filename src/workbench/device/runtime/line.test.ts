import { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import { MAX_BYTES_PER_SECOND, makeByteMeter } from '../byte-meter.ts';
import { lineStream, type DuplexClass } from './line.ts';

test('a chunk above the limit is neither copied nor posted', async () => {
  const posted: unknown[] = [];
  const port = {
    postMessage: (chunk: unknown) => posted.push(chunk),
    addEventListener() {},
    close() {},
  } as unknown as MessagePort;
  let refused = 0;
  const stream = lineStream(Duplex as unknown as DuplexClass, port, (bytes) => {
    if (bytes > 100) refused += bytes;
    return bytes <= 100;
  }) as unknown as Duplex;
  const failed = new Promise((resolve) => stream.once('error', resolve));
  stream.write(new Uint8Array(100));
  stream.write(new Uint8Array(101));
  await failed;
  expect(refused).toBe(101);
  expect(posted).toEqual([new Uint8Array(100), null]);
});

test('the meter counts the bytes of a second, over all lines', () => {
  let time = 0;
  const may = makeByteMeter(() => time);
  expect(may(MAX_BYTES_PER_SECOND)).toBe(true);
  expect(may(1)).toBe(false);
  time = 1_000;
  expect(may(1)).toBe(true);
});

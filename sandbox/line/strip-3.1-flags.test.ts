import { expect, test } from 'vitest';
import { strip31Flags } from './strip-3.1-flags.ts';

const hex = (text: string): Uint8Array =>
  Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

test.each([
  [
    'CONNECT',
    '140f 0006 4d5149736470 03 01 000a 0001 70',
    '100f 0006 4d5149736470 03 00 000a 0001 70',
  ],
  ['SUBSCRIBE', '8a06 0001 0001 70 00', '8206 0001 0001 70 00'],
  ['UNSUBSCRIBE', 'aa05 0001 0001 70', 'a205 0001 0001 70'],
  ['PUBREL', '6a02 0001', '6202 0001'],
])('the free bits of a 3.1 %s are cleared, in a copy', (_, sent, plain) => {
  const frame = hex(sent);
  expect(strip31Flags(frame, 3)).toEqual(hex(plain));
  expect(frame).toEqual(hex(sent));
});

test.each([
  ['what has none', '100f 0006 4d5149736470 03 02 000a 0001 70', 3],
  ['DUP of a PUBLISH', '3a05 0001 70 0001', 3],
  ['3.1.1', '8a06 0001 0001 70 00', 4],
] as const)('%s stays the same object', (_, sent, version) => {
  const frame = hex(sent);
  expect(strip31Flags(frame, version)).toBe(frame);
});

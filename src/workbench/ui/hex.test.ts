import { generate } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { fieldsOf } from '../../../sandbox/mqtt/fields.ts';
import { fieldsAt, hexRows } from './hex.ts';

test('rows of a width, with their offsets, and a dot for what is no character', () => {
  const bytes = Uint8Array.from({ length: 18 }, (_, i) => 0x3f + i);
  bytes[1] = 0;
  const rows = hexRows(bytes, 16);
  expect(rows.map(({ offset, bytes: { length } }) => [offset, length])).toEqual([
    ['0000', 16],
    ['0010', 2],
  ]);
  expect(rows[0]!.bytes.slice(0, 3)).toEqual([
    { index: 0, hex: '3f', ascii: '?' },
    { index: 1, hex: '00', ascii: '·' },
    { index: 2, hex: '41', ascii: 'A' },
  ]);
  expect(rows[1]!.bytes[1]!.index).toBe(17);
});

test('every byte of a PUBLISH leads to its field, the first one to its flags too', () => {
  const frame = generate({
    cmd: 'publish',
    topic: 'hello/mqtt',
    payload: 'hi',
    qos: 1,
    messageId: 7,
    dup: false,
    retain: false,
  });
  const fields = fieldsOf(new Uint8Array(frame), 4, 'to-broker');
  const names = (index: number) => fieldsAt(fields, index).map((i) => fields[i]!.name);
  expect(names(0).length).toBeGreaterThan(1);
  for (let index = 1; index < frame.length; index += 1) expect(names(index)).toHaveLength(1);
  expect(names(frame.length)).toEqual([]);
  expect(fieldsAt(fields, frame.length - 1)).toEqual([fields.length - 1]);
});

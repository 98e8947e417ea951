import { expect, test } from 'vitest';
import { rowsOf } from './packet-rows.ts';

test('a PUBLISH, byte by byte', () => {
  const frame = Uint8Array.from([0x30, 0x06, 0x00, 0x01, 0x61, 0xe5, 0x97, 0xa8]);
  expect(rowsOf(frame)).toEqual([
    {
      bytes: ['30'],
      parts: [
        { key: 'field.packetType', value: '3 PUBLISH' },
        { key: 'field.dup', value: '0' },
        { key: 'field.qos', value: '0' },
        { key: 'field.retain', value: '0' },
      ],
    },
    { bytes: ['06'], parts: [{ key: 'field.remainingLength', value: '6' }] },
    { bytes: ['00', '01'], parts: [{ key: 'field.length', value: '1' }] },
    { bytes: ['61'], parts: [{ key: 'field.topic', value: 'a' }] },
    { bytes: ['e5', '97', 'a8'], parts: [{ key: 'field.payload', value: '嗨' }] },
  ]);
});

import { expect, test } from 'vitest';
import { concatBytes } from './bytes.ts';

test('the parts stand one behind the other, and no result overlaps another', () => {
  const results: { bytes: Uint8Array; copy: Uint8Array }[] = [];
  for (const length of [0, 1, 3, 100, 4095, 4096, 4097, 9000, 3000, 3000, 3000]) {
    const parts = [new Uint8Array(length).fill(results.length), Uint8Array.of(7, 8)];
    const bytes = concatBytes(parts);
    expect(bytes).toHaveLength(length + 2);
    expect([...bytes.subarray(length)]).toEqual([7, 8]);
    results.push({ bytes, copy: bytes.slice() });
  }
  for (const { bytes, copy } of results) expect(bytes).toEqual(copy);
  expect(concatBytes([])).toHaveLength(0);
});

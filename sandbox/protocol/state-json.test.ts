import { expect, it } from 'vitest';
import { base64 } from './state-json.ts';

it('encodes bytes of each length as Node does', () => {
  for (let length = 0; length < 400; length++) {
    const bytes = Uint8Array.from({ length }, (_, n) => (n * 151 + length * 7) & 255);
    expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  }
});

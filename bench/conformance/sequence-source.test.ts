import { expect, test } from 'vitest';
import { bytesOf } from './sequence-source.ts';

test.each([
  ['30 0E 0005 746F706963', '300e0005746f706963'],
  ['62 0C 0001 00 081 F000170 1F000171', '620c000100081f0001701f000171'],
  ["82 r6 m1234 s1 'p' 01", '820604d2000170' + '01'],
  ["30 'two words' i255 k10", '30' + Buffer.from('two words').toString('hex') + 'ff000a'],
  ['10 r268435456 L4294967295 H256', '108080808001ffffffff0100'],
])('%s', (text, hex) => {
  expect(Buffer.from(bytesOf(text)).toString('hex')).toBe(hex);
});

test('what is no notation is an error, not a wrong packet', () => {
  expect(() => bytesOf('30 zz')).toThrow('not hexadecimal: zz');
});

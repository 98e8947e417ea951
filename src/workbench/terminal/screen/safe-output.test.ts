import { expect, test } from 'vitest';
import { SafeOutput } from './safe-output.ts';

test.each([
  ['\x1b[31mred\x1b[0m', '\x1b[31mred\x1b[0m', '\x1b[0m'],
  ['\x1b[8mhidden\nnext', 'hidden\nnext', ''],
  ['\x1b[1;8;31mx\n', '\x1b[1;31mx\x1b[0m\n', ''],
  ['\x1b[30;40mx\ny', '\x1b[30;40mx\x1b[0m\ny', ''],
  ['\x1b[38;5;8mgrey', '\x1b[38;5;8mgrey', '\x1b[0m'],
  ['\x1b[48;2;8;8;8mdark', '\x1b[48;2;8;8;8mdark', '\x1b[0m'],
  ['\x1b[2Jx\x07', '␛[2Jx', ''],
])('%j is shown as %j', (text, shown, end) => {
  const safe = new SafeOutput();
  expect(safe.text(text)).toBe(shown);
  expect(safe.end()).toBe(end);
});

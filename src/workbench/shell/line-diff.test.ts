import { expect, test } from 'vitest';
import { diffLines } from './line-diff.ts';

const short = async (yours: string, solution: string) =>
  (await diffLines(yours, solution)).map(
    (row) => `${row.kind === 'same' ? '=' : '!'} ${row.yours ?? '·'} | ${row.solution ?? '·'}`,
  );

test('lines that differ stand side by side, the others face each other', async () => {
  expect(await short('a\nb\nc\n', 'a\nB\nx\nc\n')).toEqual([
    '= a | a',
    '! b | B',
    '! · | x',
    '= c | c',
  ]);
  expect(await short('a\nmine\n', 'a\n')).toEqual(['= a | a', '! mine | ·']);
});

test('line ends of another system, and a last line without one, are no difference', async () => {
  expect(await short('a\r\nb', 'a\nb\n\n')).toEqual(['= a | a', '= b | b']);
});

test('an empty program has nothing of the solution', async () => {
  expect(await short('', 'a\n')).toEqual(['!  | a']);
});

import { expect, test } from 'vitest';
import { readNameList } from './names.ts';

test.each<[string, string, string[], number]>([
  ['lines of every kind', 'Mei\nLin\r\nAda\rEve\u2028Bob', ['Mei', 'Lin', 'Ada', 'Eve', 'Bob'], 0],
  ['empty lines and spaces', '\n\n  Mei  Lin \n\t\n\u3000\n', ['Mei Lin'], 0],
  ['one who is there twice', 'Mei\nLin\nMEI\nmei', ['Mei', 'Lin', 'MEI 2', 'mei 3'], 0],
  ['a number that is taken', 'Mei 2\nMei\nMei', ['Mei 2', 'Mei', 'Mei 3'], 0],
  [
    'markup',
    '<b>Mei</b>\n<script>alert(1)</script>',
    ['<b>Mei</b>', '<script>alert(1)</script>'],
    0,
  ],
  ['from right to left', 'محمد\n\u202eieM\u202c', ['محمد', 'ieM'], 0],
  ['no letters', '\u200b\u200b\n\u3164\n…\nMei', ['…', 'Mei'], 2],
  ['a table', 'Mei\t2B\tx@example\n\tLin\t2C', ['Mei', 'Lin'], 0],
  ['a long name', 'x'.repeat(10_000), ['x'.repeat(40)], 0],
  ['nothing', '', [], 0],
])('a list with %s', (_, text, names, unreadable) => {
  expect(readNameList(text)).toEqual({ names, unreadable });
});

test('5,000 equal names are told apart, without a look at all others for each', () => {
  const { names } = readNameList('Mei\n'.repeat(5_000));
  expect(new Set(names).size).toBe(5_000);
  expect(names.at(-1)).toBe('Mei 5000');
  expect(readNameList('x\n'.repeat(1_000_000)).names).toHaveLength(10_000);
});

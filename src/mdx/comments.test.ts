import { expect, test } from 'vitest';
import { commentsIn, inLanguage } from './comments.ts';

const program = [
  '// Change only this line.',
  "const url = 'mqtt://localhost'; // the room",
  "client.publish('a # b', '//');",
  '  // Change only this line.',
].join('\n');

test('comments are found once each, and texts of a program are none', () => {
  expect(commentsIn(program)).toEqual(['Change only this line.', 'the room']);
  expect(commentsIn('# The broker of our house.\nlistener 1883\n')).toEqual([
    'The broker of our house.',
  ]);
});

test('a comment is said in another language; all else stays', () => {
  const said = inLanguage(program, { 'Change only this line.': '只改這一行。', toString: 'x' });
  expect(said).toBe(program.replaceAll('Change only this line.', '只改這一行。'));
});

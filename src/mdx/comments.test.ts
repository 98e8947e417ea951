import { expect, test } from 'vitest';
import { commentsIn, inLanguage, printedIn } from './comments.ts';

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

const printing = [
  "client.on('close', () => console.log('Closed.'));",
  "if (text === 'open') console.log('The door opens!', text, 'RETAIN =', n, 'mm');",
  "await client.publishAsync('Closed.', 'The door opens!');",
].join('\n');

test('what a program only prints is found; what it sends is not', () => {
  expect(printedIn(printing)).toEqual(['Closed.', 'The door opens!', 'mm']);
});

test('only what is printed changes its language', () => {
  const said = inLanguage(printing, {
    'Closed.': '關了。',
    'The door opens!': '門開了！',
    open: 'x',
  });
  expect(said.split('\n')).toEqual([
    "client.on('close', () => console.log('關了。'));",
    "if (text === 'open') console.log('門開了！', text, 'RETAIN =', n, 'mm');",
    "await client.publishAsync('Closed.', 'The door opens!');",
  ]);
});

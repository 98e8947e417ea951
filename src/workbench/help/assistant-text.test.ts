import { expect, test } from 'vitest';
import { createWords } from '../i18n/words.ts';
import texts from '../../i18n/en/help.json' with { type: 'json' };
import { type Asked, assistantText } from './assistant-text.ts';

const words = createWords(texts);
const row = (seconds: string, text: string): Asked['packets'][number] => ({
  ...{ seconds, client: 'lamp', kind: 'PUBLISH', topic: 'home/lamp', text, marks: ['retained'] },
  direction: 'to-broker',
  tone: 'passed',
});
const asked: Asked = {
  title: 'Retained messages',
  task: 'Make the lamp say it.',
  programs: [{ name: 'lamp.ts', text: 'const x = 1;\n' }],
  checks: [
    { text: 'It connected.', isTrue: true },
    { text: 'It said so.', isTrue: false },
  ],
  hint: 'RETAIN was 0.',
  packets: [row('0.010', 'on')],
};

test('has the task, the checks, the hint, the program and the packets', () => {
  expect(assistantText(asked, words).split('\n').slice(2)).toEqual([
    'The task:',
    'Make the lamp say it.',
    '',
    'What must become true:',
    '[x] It connected.',
    '[ ] It said so.',
    '',
    'The hint that I got:',
    'RETAIN was 0.',
    '',
    'lamp.ts',
    '```',
    'const x = 1;',
    '```',
    '',
    'The last 1 packets of my run:',
    '```',
    '0.010  lamp  → broker  PUBLISH  retained  home/lamp  on',
    '```',
    '',
  ]);
});

test('is bounded: thirty packets, short messages; a fence in a program does not end its block', () => {
  const packets = Array.from({ length: 100 }, (_, n) => row(`${n}`, 'x'.repeat(99)));
  const text = assistantText(
    { ...asked, packets, programs: [{ name: 'a.ts', text: '// ```\n' }] },
    words,
  );
  const lines = text.split('\n').filter((line) => line.includes('PUBLISH'));
  expect([lines.length, lines[0]]).toEqual([
    30,
    `70  lamp  → broker  PUBLISH  retained  home/lamp  ${'x'.repeat(40)}…`,
  ]);
  expect(text).toContain('a.ts\n````\n// ```\n````\n');
});

import { expect, test } from 'vitest';
import { markedParts } from './marked.ts';

const shown = (text: string, ...words: string[]) =>
  markedParts(text, words)
    .map(({ part, isMarked }) => (isMarked ? `[${part}]` : part))
    .join('');

test.each([
  ['When PUBACK is lost', ['puback', 'lost'], 'When [PUBACK] is [lost]'],
  ['The client closest', ['lost'], 'The client closest'],
  ['Retained messages', ['retain'], '[Retain]ed messages'],
  ['為什麼要保留訊息', ['保留'], '為什麼要[保留]訊息'],
  ['home/+/light', ['+', 'home/+'], '[home/+]/light'],
  ['a.b', ['.*', '('], 'a.b'],
  ['a client-id', ['client-id'], 'a [client-id]'],
  ['\\^$.*+?()[]{}|/-', ['\\^$.*+?()[]{}|/-'], '[\\^$.*+?()[]{}|/-]'],
  ['nothing', [''], 'nothing'],
])('%s, searched for %j', (text, words, expected) => {
  expect(shown(text, ...words)).toBe(expected);
});

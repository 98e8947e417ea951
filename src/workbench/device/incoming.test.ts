import { expect, test } from 'vitest';
import { MAX_CHARACTERS, MAX_LINES, MAX_ROWS_A_SECOND } from './console-limit.ts';
import { makeIncoming } from './incoming.ts';
import type { FromDevice } from './messages.ts';

function incoming(language: 'en' | 'zh-tw' = 'en') {
  const received: FromDevice[] = [];
  const timers: (() => void)[] = [];
  let time = 1_000_000;
  const device = makeIncoming({
    language,
    on: (message) => received.push(message),
    now: () => time,
    later: (callback) => timers.push(callback),
  });
  return { ...device, received, timers, pass: (ms: number) => (time += ms) };
}
const line = (text: string, at = 1_000_000): FromDevice => ({
  type: 'console',
  level: 'log',
  text,
  at,
});
const texts = (received: FromDevice[]) =>
  received.flatMap((one) => (one.type === 'console' ? [one.text] : []));

test('lines past twice the runtime’s limit are counted and said, in both languages', () => {
  for (const [language, said] of [
    ['en', /^… 300 more lines left out/],
    ['zh-tw', /^……略過 300 行/],
  ] as const) {
    const { receive, received, timers } = incoming(language);
    for (let i = 0; i < 2 * MAX_LINES + 300; i++) receive(line('x'));
    expect(received).toHaveLength(2 * MAX_LINES);
    timers.forEach((fire) => fire());
    expect(texts(received).at(-1)).toMatch(said);
  }
});
test.each([
  ['characters', 'x'.repeat(5_000), (2 * MAX_CHARACTERS) / 5_000],
  ['rows', '\n'.repeat(399), Math.ceil((2 * MAX_ROWS_A_SECOND) / 400)],
])('what is laid out in a second is bounded: %s', (_, text, most) => {
  const { receive, received, pass } = incoming();
  for (let i = 0; i < 100; i++) receive(line(text));
  expect(received).toHaveLength(most);
  pass(1_000);
  for (let i = 0; i < 100; i++) receive(line(text));
  expect(texts(received).filter((one) => one === text)).toHaveLength(2 * most);
});
test('a text that is too long says what is missing', () => {
  const { receive, received } = incoming();
  receive(line('x'.repeat(10_000)));
  receive({ type: 'failed', message: '\n'.repeat(9_000) });
  expect(texts(received)[0]).toMatch(/ … 1,900 more characters$/);
  expect(JSON.stringify(received[1])).toContain('more lines');
});
test('a program does not print in the future, nor before it began', () => {
  const { receive, received, pass } = incoming();
  pass(500);
  for (const at of [1e305, -1e305, 1_000_200]) receive(line('x', at));
  expect(received).toMatchObject([{ at: 1_000_500 }, { at: 1_000_000 }, { at: 1_000_200 }]);
});
test('the page says of no other address that it means the broker', () => {
  const { receive, received } = incoming();
  for (const url of [
    'your bank',
    'mqtt://evil.example',
    'mqtt://localhost:1883 or <b>',
    'http://localhost',
  ])
    receive({ type: 'mapped', url });
  expect(received).toEqual([]);
  for (const url of ['mqtt://localhost', 'mqtt://[::1]:1884', 'mqtt://::1', 'ws://127.0.0.1:9001'])
    receive({ type: 'mapped', url });
  expect(received).toHaveLength(4);
});
test('a display has eight rows', () => {
  const { receive, received } = incoming();
  receive({ type: 'face-value', id: 1, value: '\n'.repeat(299) });
  expect(received).toEqual([{ type: 'face-value', id: 1, value: '\n'.repeat(7) }]);
});

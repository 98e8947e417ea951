import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lookAgainSeconds, type ScreenPart } from '../../../sandbox/protocol/class-screen.ts';
import { ScreenSender } from './screen-sender.ts';

const part: ScreenPart = {
  ...{ exercise: 'a/b', room: null, place: 'browser', phase: 'idle', file: 'x', lines: [] },
  ...{ files: [{ name: 'x', text: '' }], checks: [] },
};
let text = '';
let sent: string[] = [];
let looked: (number | null)[] = [];
let sender: ScreenSender;
beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  [text, sent, looked] = ['', [], []];
  sender = new ScreenSender('page', {
    read: () => ({ ...part, files: [{ name: 'x', text }] }),
    isShown: () => true,
    send: (json) => sent.push((JSON.parse(json) as { files: { text: string }[] }).files[0]!.text),
    looked: (since) => looked.push(since),
    now: () => Date.now(),
  });
});
afterEach(() => {
  sender.stop();
  vi.useRealTimers();
});

test('nothing is sent before somebody looks, and nothing after', () => {
  vi.advanceTimersByTime(60_000);
  expect(sent).toEqual([]);
  sender.look({ id: 'a', seconds: 0 });
  vi.advanceTimersByTime(1_000);
  expect(sent).toEqual(['']);
  sender.look({ id: 'a', seconds: null });
  text = 'secret';
  vi.advanceTimersByTime(60_000);
  expect(sent).toEqual(['']);
  expect(looked).toEqual([1_060_000, null]);
});

test('somebody who types fast is sent twice a second', () => {
  sender.look({ id: 'a', seconds: 0 });
  for (let n = 0; n < 200; n++) {
    text += 'x';
    vi.advanceTimersByTime(50);
  }
  expect(sent).toHaveLength(20);
  expect(sent.at(-1)).toHaveLength(200);
});

test('who says again that they look gets all of it again', () => {
  for (let n = 0; n < 3; n++) {
    sender.look({ id: 'a', seconds: n * lookAgainSeconds });
    vi.advanceTimersByTime(lookAgainSeconds * 1_000);
  }
  expect(sent).toEqual(['', '', '']);
  expect(looked).toEqual([1_000_000]);
});

test('a teacher whose machine sleeps no longer looks after half a minute', () => {
  sender.look({ id: 'a', seconds: 0 });
  vi.advanceTimersByTime(29_000);
  expect(looked).toEqual([1_000_000]);
  vi.advanceTimersByTime(1_000);
  expect(looked).toEqual([1_000_000, null]);
});

test('two look: it is since the first, and until the last', () => {
  sender.look({ id: 'a', seconds: 60 });
  sender.look({ id: 'b', seconds: 0 });
  sender.look({ id: 'a', seconds: null });
  sender.look({ id: 'b', seconds: null });
  expect(looked).toEqual([940_000, 1_000_000, null]);
});

test('a flood of looks is bounded', () => {
  for (let n = 0; n < 1_000; n++) sender.look({ id: `l${n}`, seconds: 0 });
  for (let n = 0; n < 8; n++) sender.look({ id: `l${n}`, seconds: null });
  expect(looked).toEqual([1_000_000, null]);
});

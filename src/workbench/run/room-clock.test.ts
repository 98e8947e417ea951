import { beforeEach, expect, test, vi } from 'vitest';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { ConsoleRecorder } from './console-recorder.ts';
import { Drafts } from '../store/drafts.ts';
import { RoomClock } from './room-clock.ts';
import { EditedPrograms } from './programs.ts';
import { RunRecord } from './record.ts';
import { createWords } from '../i18n/words.ts';

/** The page's clock; the room's began at 1,000 of it. */
let now = 0;
beforeEach(() => {
  now = 1_000;
  vi.spyOn(Date, 'now').mockImplementation(() => now);
  return () => vi.restoreAllMocks();
});
const opened = (line: number, at: number, name = 'lamp') =>
  ({ type: 'line-opened', line, role: 'device', name, at, n: at }) as TraceEntry;
const packet = (line: number, at: number, bytes: number, fate = 'passed') =>
  ({ type: 'packet', line, direction: 'to-client', bytes: new Uint8Array(bytes), fate, at, n: at }) as TraceEntry; // prettier-ignore

test('a packet was sent before it was here: the room began no later than that says', () => {
  const clock = new RoomClock();
  clock.open(1, 'lamp');
  now = 1_056;
  clock.deliver(1, 4);
  now = 1_071;
  clock.deliver(1, 10);
  now = 1_500;
  // The first was 6 ms on its way, the two of the second chunk 2 and 1.
  const entries = [opened(7, 40), packet(7, 50, 4), packet(7, 69, 3), packet(7, 70, 7)];
  const latest = clock.latestStart(entries)!;
  expect(latest).toBeCloseTo(1_001, 1);
  // What a program printed of it, in the same millisecond, is not before it.
  expect(1_071 - latest).toBeGreaterThanOrEqual(70);
});

test('each line of a device by itself, also one whose entry came before its bytes', () => {
  const clock = new RoomClock();
  clock.open(1, 'lamp');
  clock.open(2, 'lamp');
  now = 1_030;
  clock.deliver(1, 4);
  expect(clock.latestStart([opened(1, 10), packet(1, 20, 4), opened(2, 25), packet(2, 28, 4)])).toBeCloseTo(1_010, 1); // prettier-ignore
  now = 1_060;
  clock.deliver(2, 4);
  now = 1_064;
  clock.deliver(2, 2);
  expect(clock.latestStart([packet(2, 61, 2)])).toBeCloseTo(1_003, 1);
});

test('bytes that are not in the order of their entries tell nothing; nor do lines of others', () => {
  const clock = new RoomClock();
  clock.open(1, 'lamp');
  now = 1_030;
  clock.deliver(1, 4);
  const late = [opened(1, 10), packet(1, 20, 4, 'delayed'), packet(1, 29, 4)];
  expect(clock.latestStart(late)).toBeUndefined();
  expect(clock.latestStart([opened(2, 30, 'fan'), packet(2, 31, 4)])).toBeUndefined();
  clock.clear();
  clock.open(2, 'lamp');
  clock.deliver(2, 4);
  clock.missing();
  expect(clock.latestStart([opened(1, 10), packet(1, 20, 4)])).toBeUndefined();
});

test('bytes of a run that is over are not the next one’s', () => {
  const clock = new RoomClock();
  clock.open(1, 'lamp');
  clock.clear();
  clock.deliver(1, 4);
  expect(clock.latestStart([opened(1, 10), packet(1, 20, 4)])).toBeUndefined();
});

test('a line that was printed about a packet is timed behind it, though all news came late', () => {
  const record = new RunRecord(() => {});
  const store = { getItem: () => null, setItem() {}, removeItem() {} };
  const programs = new EditedPrograms([], new Drafts(store, 'a/b'));
  const reports = new ConsoleRecorder({ record, programs, words: createWords({}) });
  // The room began at 1,000; the page heard of it 9 ms later.
  now = 1_009;
  reports.begin();
  const { clock } = reports;
  clock.open(1, 'lamp');
  now = 1_052;
  clock.deliver(1, 4);
  now = 1_053;
  reports.handle('lamp', { type: 'console', level: 'log', text: 'got it', at: now });
  now = 1_070;
  reports.syncClock([opened(1, 40), packet(1, 51, 4)]);
  expect(record.lines[0]!.at).toBeGreaterThanOrEqual(51);
  expect(record.lines[0]!.at).toBeLessThan(53);
});

import { generate } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { start } from '../../../sandbox/server/main.ts';
import type { Exercise } from '../../../sandbox/protocol/exercise.ts';
import type { LimitEffect, TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { guardedStore } from '../store/drafts.ts';
import { lineClosedNotice } from './line-closed-notice.ts';
import { type LineClosed, ClosedLines } from './line-closed.ts';
import { ServerRoom } from '../room/server-room.ts';
import { textOf } from './text.ts';
import { createWords } from '../i18n/words.ts';

type Part = TraceEntry extends infer Entry ? (Entry extends TraceEntry ? Omit<Entry, 'n' | 'at'> : never) : never; // prettier-ignore
/** The notices for a trace that begins with a line of `phone`. */
function collected(...parts: Part[]): LineClosed[] {
  const opened = { type: 'line-opened', line: 1, role: 'device', name: 'phone', transport: 'page' };
  const all = [opened as Part, ...parts].map((part, n) => ({ ...part, n, at: n }) as TraceEntry);
  return new ClosedLines().collect(all);
}
const limit = (name: string, effect: LimitEffect, line = 1): Part => ({
  type: 'limit',
  line,
  limit: name,
  value: 7,
  effect,
});
const refused = (rule: string): Part =>
  ({ type: 'refused', line: 1, version: 4, rule, statement: 'X', bytes: Uint8Array.of() }) as Part;
const closed = (by: 'limit' | 'gate' | 'broker' | 'client' | 'room'): Part => ({ type: 'line-closed', line: 1, by }) as Part; // prettier-ignore

test('a rate that was kept waiting is neither news nor the reason of what follows', () => {
  expect(collected(limit('packetsPerSecond', 'paused'), closed('client'))).toEqual([]);
  expect(collected(limit('packetsPerSecond', 'paused'), closed('limit'))).toEqual([
    { client: 'phone', how: 'limit-closed' },
  ]);
});

test.each([
  ['retainedTopics', 'refused'],
  ['retainedPerSecond', 'dropped'],
] as const)(
  'a limit that drops or refuses something has a notice, though the line stays: %s %s',
  (name, effect) => {
    expect(collected(limit(name, effect), limit(name, effect), closed('client'))).toEqual([
      { client: 'phone', how: 'limit-reached', limit: { name, value: 7 } },
    ]);
  },
);

test('a limit for which the broker closes the line is the reason in the notice', () => {
  expect(collected(limit('retainedTopics', 'closed'), closed('broker'))).toEqual([
    { client: 'phone', how: 'limit-closed', limit: { name: 'retainedTopics', value: 7 } },
  ]);
});

test('invalid MQTT has a notice with its rule, if the line was closed for it', () => {
  expect(collected(refused('utf8-nul'), closed('gate'))).toEqual([
    { client: 'phone', how: 'rule-closed', rule: 'utf8-nul' },
  ]);
  expect(collected(refused('utf8-nul'), closed('client'))).toEqual([]);
  expect(
    collected(refused('packet-too-large'), limit('packetBytes', 'closed'), closed('gate')),
  ).toEqual([{ client: 'phone', how: 'limit-closed', limit: { name: 'packetBytes', value: 7 } }]);
});

test('limits of lines that are not the page’s have no notice', () => {
  expect(collected(limit('topicBytes', 'closed', 2), closed('room'))).toEqual([]);
});

const exercise: Exercise = { devices: ['publisher.ts'], scene: {}, checks: [] };

test('a topic that is too long, on the real sandbox: one notice for all tries', async () => {
  const running = await start({
    exercises: { get: () => Promise.resolve(exercise) },
    site: import.meta.dirname,
    host: '127.0.0.1',
    port: 0,
    mqttPort: 0,
  });
  const ends = new ClosedLines();
  const found: LineClosed[] = [];
  let closings = 0;
  const both = Promise.withResolvers<void>();
  const room = new ServerRoom({
    exercise: 'a/b',
    origin: `http://127.0.0.1:${running.port}`,
    store: guardedStore(() => {
      throw new Error('no store');
    }),
  });
  room.subscribe((event) => {
    if (event.type === 'reset') ends.clear();
    if (event.type !== 'entries') return;
    found.push(...ends.collect(event.entries));
    closings += event.entries.filter((entry) => entry.type === 'line-closed').length;
    if (closings === 2) both.resolve();
  });
  try {
    await room.reset();
    for (let i = 0; i < 2; i += 1) {
      const { port1, port2 } = new MessageChannel();
      const over = room.openLine('publisher', port1, new AbortController().signal);
      port2.postMessage(generate({ cmd: 'connect', clientId: 'a', clean: true, keepalive: 60 }));
      const topic = 'x'.repeat(600);
      const common = { qos: 0, dup: false, retain: false } as const;
      port2.postMessage(generate({ cmd: 'publish', topic, payload: 'y', ...common }));
      await over;
    }
    await both.promise;
  } finally {
    room.dispose();
    await running.stop();
  }
  expect(found).toHaveLength(1);
  const words = createWords({
    'workbench.notice.limit-closed': '{client} closed: {limit}',
    'limit.topicBytes': 'at most {value} bytes',
  });
  expect(textOf(lineClosedNotice(found[0]!).text, words)).toBe(
    'publisher closed: at most 512 bytes',
  );
});

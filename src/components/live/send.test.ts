import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ServerRoom } from '../../workbench/room/server-room.ts';
import { memoryStore, type TextStore } from '../../workbench/store/drafts.ts';
import { start, type RunningServer } from '../../../sandbox/server/main.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { exercisesIn } from '../../../scripts/exercises.ts';
import { Rows } from './rows.ts';
import { exercise, send, topic } from './send.ts';

const exercises = exercisesIn(join(import.meta.dirname, '../../../lessons'));
const open = (port = 0) =>
  start({ exercises, site: import.meta.dirname, host: '127.0.0.1', port, mqttPort: 0 });
let running: RunningServer;
let store: TextStore;
beforeEach(async () => {
  running = await open();
  store = memoryStore();
});
afterEach(() => running.stop());

/** What the figure shows of one message. */
async function sent(payload: string): Promise<string[]> {
  const rows = new Rows();
  const seen: string[] = [];
  const note = (entries: readonly TraceEntry[]) => {
    for (const { kind, detail, from, to } of rows.of(entries))
      seen.push(`${from} ${to} ${kind} ${detail}`.trim());
  };
  const origin = `http://127.0.0.1:${running.port}`;
  await send(new ServerRoom({ exercise, origin, store, retries: 1 }), payload, note);
  return seen;
}
const oneMessage = [
  'publisher broker CONNECT',
  'broker publisher CONNACK 0',
  `publisher broker PUBLISH ${topic}`,
  `broker subscriber PUBLISH ${topic}`,
  'publisher broker DISCONNECT',
];

test('each message goes through a fresh broker of the same room', async () => {
  expect(await exercises.get(exercise)).not.toBeNull();
  expect((await sent('Hello')).sort()).toEqual(oneMessage.toSorted());
  expect((await sent('Again')).sort()).toEqual(oneMessage.toSorted());
  expect(running.rooms.size).toBe(1);
});

test('a room that the server has let go is replaced', async () => {
  await sent('Hello');
  await running.rooms.close();
  expect((await sent('Again')).sort()).toEqual(oneMessage.toSorted());
  expect(running.rooms.size).toBe(1);
});

test('a server that is not there is a failure, and the next message can be sent', async () => {
  const { port } = running;
  await running.stop();
  await expect(sent('Hello')).rejects.toMatchObject({ key: 'unreachable' });
  running = await open(port);
  expect(await sent('Again')).toHaveLength(oneMessage.length);
});

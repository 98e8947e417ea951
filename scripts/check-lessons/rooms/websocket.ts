/** Rooms of the real server, reached as the page reaches them: with the page's own implementation. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../../../sandbox/server/main.ts';
import { exercisesIn } from '../../exercises.ts';
import {
  hasFiles,
  type BrokerFiles,
  type CheckResult,
  type View,
} from '../../../sandbox/protocol/exercise.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { ServerRoom } from '../../../src/workbench/room/server-room.ts';
import type { RoomSource, RoomUnderTest } from './room-under-test.ts';

const nowhere = { getItem: () => null, setItem: () => {}, removeItem: () => {} };

/**
 * Starts a server on free ports of this machine only.
 * @param lessons the folder `lessons/`
 */
export async function websocket(lessons: string): Promise<RoomSource> {
  const site = mkdtempSync(join(tmpdir(), 'retained-lessons-'));
  const server = await start({
    exercises: exercisesIn(lessons),
    port: 0,
    mqttPort: 0,
    host: '127.0.0.1',
    site,
    // Every room is asked for from one address, as fast as the checks can.
    limits: { roomsPerMinute: 100_000, pendingConnectsPerAddress: 1_000 },
  });
  const origin = `http://127.0.0.1:${server.port}`;
  return {
    name: 'WebSocket',
    overTcp: true,
    open: (id, _exercise, files) => open(origin, id, files),
    async close() {
      await server.stop();
      rmSync(site, { recursive: true, force: true });
    },
  };
}

async function open(origin: string, exercise: string, files: BrokerFiles): Promise<RoomUnderTest> {
  let entries: TraceEntry[] = [];
  let results: readonly CheckResult[] = [];
  const room = new ServerRoom({ exercise, origin, store: nowhere });
  const under: RoomUnderTest = {
    device: (device, state) => room.reportDevice(device, state),
    openLine: (...line) => room.openLine(...line),
    get tcp() {
      const { info } = room;
      if (!info || info.tcpPort === null) return undefined;
      return { host: '127.0.0.1', port: info.tcpPort, address: info.address };
    },
    async reset(now) {
      await room.reset(now);
    },
    arm: (rules) => room.arm(rules, true),
    onChange: undefined,
    entries: () => entries,
    streamed: () => results,
    view: async (): Promise<View> => ({ entries, state: await room.state() }),
    close: async () => room.dispose(),
  };
  room.subscribe((event) => {
    if (event.type === 'reset') entries = [];
    if (event.type === 'missing') {
      throw new Error(`the room no longer had ${event.count} entries`);
    }
    if (event.type === 'entries') entries.push(...event.entries);
    if (event.type === 'checks') results = event.results;
    if (event.type === 'entries' || event.type === 'checks') under.onChange?.();
  });
  await room.reset(hasFiles(files) ? files : undefined);
  return under;
}

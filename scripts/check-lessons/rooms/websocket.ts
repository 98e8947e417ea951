/** Rooms of the real server, reached as the page reaches them: with the page's own implementation. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../../../sandbox/server/main.ts';
import { exercisesIn } from '../../exercises.ts';
import { ServerRoom } from '../../../src/workbench/room/server-room.ts';
import { pageRoom } from './page-room.ts';
import type { RoomSource } from './room-under-test.ts';

const nowhere = { getItem: () => null, setItem: () => {}, removeItem: () => {} };

/**
 * The kinds of rooms differ in their transport, not in the broker or the checks: the starter, the
 * solution and one in so many of the others show it.
 */
const SAMPLE = 4;

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
    sample: (folder, index) =>
      folder === 'starter' || folder === 'solution' || index % SAMPLE === 0,
    open: (exercise, _, files) =>
      pageRoom(new ServerRoom({ exercise, origin, store: nowhere }), files),
    async close() {
      await server.stop();
      rmSync(site, { recursive: true, force: true });
    },
  };
}

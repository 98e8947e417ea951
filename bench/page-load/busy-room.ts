/** The course in this process, and a room of it in which a client of ours sends without a limit. */
import { tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineFactory } from '../../sandbox/engine/broker.ts';
import type { Room } from '../../sandbox/room/room.ts';
import { start } from '../../sandbox/server/main.ts';
import { roomClient } from '../../sandbox/testing/room-client.ts';
import { root } from '../../scripts/build.ts';
import { exercisesIn } from '../../scripts/exercises.ts';

export interface BusyCourse {
  origin: string;
  room(address: string): Room;
  /** Ends every room, as if it had been idle for long. */
  expireAll(): Promise<void>;
  stop(): Promise<void>;
}
/**
 * @param site folder of the built pages
 * @param port 0: any free one
 * @param engine what its rooms' broker is; the course's own by default
 */
export async function busyCourse(site: string, port = 0, engine?: EngineFactory): Promise<BusyCourse> {
  const data = mkdtempSync(join(tmpdir(), 'retained-load-'));
  const free = { port, mqttPort: 0, tlsPort: 0, host: '127.0.0.1' };
  const exercises = exercisesIn(join(root, 'lessons'));
  const running = await start({ exercises, site, data, ...free, ...(engine && { engine }) });
  return {
    origin: `http://localhost:${running.port}`,
    room(address) {
      const room = running.rooms.find(address);
      if (!room) throw new Error(`no room at ${address}`);
      return room;
    },
    expireAll: () => running.rooms.close(),
    async stop() {
      await running.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
} // prettier-ignore

/** Every so many milliseconds; what is due then goes at once, as a real sender's bursts do. */
const beatMs = 5;
const topics = 20;

/**
 * Sends `rate` messages a second to the scene's subscriber and to topics of its own, for `seconds`.
 * An actor: the sandbox limits the clients of learners, not those of a scene. Resolves with how
 * many it sent, once the broker has processed them all.
 */
export async function send(room: Room, rate: number, seconds: number): Promise<number> {
  const client = roomClient(room, { role: 'actor', name: 'load' });
  await client.connect('load');
  const began = performance.now();
  let sent = 0;
  const all = rate * seconds;
  while (sent < all) {
    const due = Math.min(all, Math.ceil(((performance.now() - began) / 1000) * rate));
    for (; sent < due; sent += 1) {
      const topic = sent % 2 ? 'hello/mqtt' : `load/${sent % topics}/value`;
      client.publish(topic, `reading ${sent + 1}`);
    }
    await new Promise((resolve) => setTimeout(resolve, beatMs));
  }
  await client.ping();
  client.stream.destroy();
  return sent;
}

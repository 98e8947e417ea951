/**
 * Makes and ends rooms, as a server does in a term of lessons, and says what is left of them.
 * Run with `--expose-gc`; prints one line of JSON.
 */
import { createBroker } from '../engine/builtin/index.ts';
import { Rooms } from '../rooms/rooms.ts';
import type { Exercise } from '../protocol/exercise.ts';
import { roomClient } from './room-client.ts';

export interface LeakReport {
  rooms: number;
  /** Bytes of heap before and after, collected. */
  before: number;
  after: number;
  /** What would keep a process alive, by kind. */
  resourcesBefore: Record<string, number>;
  resourcesAfter: Record<string, number>;
}

const plain: Exercise = { devices: [], scene: {}, checks: [] };
const peopled: Exercise = {
  devices: [],
  scene: {
    actors: [
      {
        name: 'actor',
        subscribes: [{ filter: 'a/#', qos: 1 }],
        publishes: [{ topic: 'beat', payload: 'x', everyMs: 1000 }],
      },
    ],
    retained: [{ topic: 'lamp', payload: 'on' }],
    faults: [{ client: 'guest', direction: 'to-broker', kind: 'PUBACK', action: { do: 'drop' } }],
  },
  checks: [{ id: 'heard', holds: ({ entries }) => entries.length > 0 }],
};

const rooms = new Rooms(
  { get: async (name) => (name === 'plain' ? plain : peopled) },
  { engine: createBroker },
);

/** One room in ten has an actor and a client that leaves a session, a will and a fault. */
async function life(n: number): Promise<void> {
  const isPeopled = n % 10 === 0;
  const { room } = await rooms.create(isPeopled ? 'peopled' : 'plain');
  await room.ready();
  if (!isPeopled) return;
  const watch = room.watch(
    { binary: () => {}, message: () => {}, unsent: () => 0 },
    { run: 0, n: 1 },
  );
  const guest = roomClient(room);
  await guest.connect('guest', {
    clean: false,
    keepalive: 60,
    will: { topic: 'status', payload: Buffer.from('gone'), qos: 1, retain: true },
  });
  await guest.subscribe('a/#', 1);
  guest.publish('a/b', Buffer.alloc(500), { qos: 1, messageId: 1, retain: true });
  await guest.next('puback');
  if (n % 20 === 0) await room.reset();
  else guest.stream.destroy();
  await guest.ended();
  watch.close();
}

async function make(count: number): Promise<void> {
  for (let made = 0; made < count; made += 100) {
    await Promise.all(Array.from({ length: 100 }, (_, i) => life(made + i)));
    // An hour from now they have been unused for an hour.
    while (rooms.size > 0) {
      await rooms.sweep(performance.now() + 3_600_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

function resources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

async function collected(): Promise<number> {
  for (let i = 0; i < 5; i++) {
    globalThis.gc!();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return process.memoryUsage().heapUsed;
}

/** Timers of sockets that were cut may outlive them by a second. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 2500));
}

const count = Number(process.argv[2] ?? 10_000);
// What is compiled, cached and pooled once is not what grows.
await make(1000);
await settled();
const before = await collected();
const resourcesBefore = resources();
await make(count);
await settled();
const after = await collected();
const report: LeakReport = {
  rooms: count,
  before,
  after,
  resourcesBefore,
  resourcesAfter: resources(),
};
console.log(JSON.stringify(report));
await rooms.close();

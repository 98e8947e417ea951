/**
 * `npm run bench:threads`: what it would cost to handle a room in a worker thread. Node gives no socket to
 * a thread, so the main thread reads it and posts its bytes, and the responses come back in the same way.
 * The same clients speak to the same room in the main thread and in a worker, round by round in turn.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { Client } from './sandbox/client.ts';
import { publishPacket } from './sandbox/frames.ts';
import { median } from './median.ts';
import type { Used } from './threads/server.ts';

const rounds = 7;
const places = ['main', 'worker'] as const;

interface Server {
  child: ChildProcess;
  sender: Client;
  receiver: Client;
}
async function open(place: string): Promise<Server> {
  const child = fork(new URL('./threads/server.ts', import.meta.url), [place]);
  const [port] = (await once(child, 'message')) as [number];
  const receiver = await Client.open({ port });
  await receiver.subscribe('a/b', 0);
  return { child, sender: await Client.open({ port }), receiver };
}
async function used({ child }: Server): Promise<Used> {
  child.send('used');
  return ((await once(child, 'message')) as [Used])[0];
}

/** Sends so many messages, `atOnce` in one segment, the next ones when these have arrived. */
async function pass(server: Server, count: number, atOnce: number) {
  const packet = Buffer.concat(Array<Buffer>(atOnce).fill(publishPacket('a/b', 0, 0)));
  const before = await used(server);
  const times: number[] = [];
  for (let n = 0; n < count; n += atOnce) {
    const began = performance.now();
    let left = atOnce;
    await new Promise<void>((resolve) => {
      server.receiver.onMessage = () => --left === 0 && resolve();
      server.sender.send(packet);
    });
    times.push((performance.now() - began) * 1000);
  }
  const after = await used(server);
  const each = (part: keyof Used): number => (after[part] - before[part]) / count;
  return { main: each('main'), all: each('all'), trip: median(times) };
}

const servers = Object.fromEntries(
  await Promise.all(places.map(async (place) => [place, await open(place)] as const)),
) as Record<(typeof places)[number], Server>;
console.log(
  `Node ${process.version}, ${cpus().length} cores; median of ${rounds} rounds; µs for each message of 40 bytes from one client to another.\n`,
);
console.log(
  '| messages in a segment | room in | CPU of the main thread | CPU of all threads | until it has arrived |',
);
console.log('| ---: | --- | ---: | ---: | ---: |');
for (const [atOnce, count] of [
  [1, 4000],
  [50, 40_000],
] as const) {
  // prettier-ignore
  const seen = new Map(places.map((place) => [place, [] as Awaited<ReturnType<typeof pass>>[]]));
  for (const place of places) await pass(servers[place], count, atOnce);
  for (let round = 0; round < rounds; round++)
    for (const place of places) seen.get(place)!.push(await pass(servers[place], count, atOnce));
  for (const [place, all] of seen) {
    const of = (what: 'main' | 'all' | 'trip'): string => median(all.map((one) => one[what])).toFixed(1); // prettier-ignore
    console.log(`| ${atOnce} | ${place} | ${of('main')} | ${of('all')} | ${of('trip')} |`);
  }
}

// A worker that is held up does not hold up the main thread: a new connection is accepted meanwhile, but the room waits.
const { worker } = servers;
worker.child.send('busy');
await new Promise((resolve) => setTimeout(resolve, 20));
const began = performance.now();
await used(worker);
const main = performance.now() - began;
await pass(worker, 1, 1);
console.log(
  `\nA worker is held up for 200 ms: the main thread responds after ${main.toFixed(1)} ms, the worker's room after ${(performance.now() - began).toFixed(0)} ms.`,
);
for (const { child, sender, receiver } of Object.values(servers)) {
  sender.close();
  receiver.close();
  child.kill();
}

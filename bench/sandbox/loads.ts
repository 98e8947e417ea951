/** Kinds of load: each returns the cost of one round. */
import type { Socket } from 'node:net';
import type { QoS } from '../../sandbox/protocol/mqtt.ts';
import { Client, openWeb } from './client.ts';
import { publishPacket } from './frames.ts';
import type { Server } from './servers.ts';
import { waitedOf } from './waited.ts';

/** One column of the table: a server, its transport, and whether a viewer watches. */
export interface Variant {
  name: string;
  server: Server;
  transport: 'tcp' | 'web';
  watched: boolean;
}
/** A load that is set up: each round returns microseconds of the server's CPU a message. */
export interface Load {
  round(): Promise<number>;
  close(): void;
}

const window = 20;

/** A viewer that reads everything and keeps nothing. */
export async function watch(server: Server, room: number): Promise<Socket | null> {
  const target = server.watch(room);
  if (!target) return null;
  const socket = await openWeb(target, '');
  return socket.resume();
}

async function perMessage(server: Server, messages: number, run: () => Promise<void>) {
  const before = await server.usage();
  await run();
  // What a viewer is sent belongs to it: batches leave every 33 ms.
  await new Promise((resolve) => setTimeout(resolve, 60));
  const after = await server.usage();
  return (after.cpu - before.cpu) / messages;
}

/** A topic for each room: to mosquitto it is what a room is to the sandbox. */
const topicOf = (room: number): string => `bench/${room}/reading`;

/** One publisher, `listeners` subscribers; as fast as it goes with 20 under way. */
export async function flood(
  { server, transport, watched }: Variant,
  { room, qos, listeners, count }: { room: number; qos: QoS; listeners: number; count: number },
): Promise<Load> {
  const target = server.target(transport, room);
  const viewer = watched ? await watch(server, room) : null;
  const topic = `${topicOf(room)}/${qos}/${listeners}`;
  const subscribers = await Promise.all(
    Array.from({ length: listeners }, async () => {
      const client = await Client.open(target);
      await client.subscribe(topic, qos);
      return client;
    }),
  );
  const publisher = await Client.open(target);
  const packets = Array.from({ length: window * 2 }, (_, i) => publishPacket(topic, qos, i + 1));
  const run = (): Promise<void> =>
    new Promise((resolve) => {
      let [sent, heard, done] = [0, 0, qos === 0 ? count : 0];
      const finished = (): void => {
        if (heard === count * listeners && done === count) resolve();
      };
      const send = (): void => {
        // The larger of both: messages not delivered yet, messages not acknowledged yet.
        while (
          sent < count &&
          sent - heard / listeners < window &&
          (qos === 0 || sent - done < window)
        )
          publisher.send(packets[sent++ % packets.length]!);
      };
      for (const subscriber of subscribers)
        subscriber.onMessage = () => {
          heard++;
          send();
          finished();
        };
      publisher.onDone = () => {
        if (qos > 0) done++;
        send();
        finished();
      };
      send();
    });
  return {
    round: () => perMessage(server, count * listeners, run),
    close() {
      for (const client of [publisher, ...subscribers]) client.close();
      viewer?.destroy();
    },
  };
}

/** A client that receives its own messages: milliseconds of each trip. */
export async function roundTrips(
  { server, transport, watched }: Variant,
  room: number,
): Promise<{ round(count: number): Promise<number[]>; close(): void }> {
  const client = await Client.open(server.target(transport, room));
  const viewer = watched ? await watch(server, room) : null;
  const topic = `${topicOf(room)}/self`;
  await client.subscribe(topic, 0);
  const packet = publishPacket(topic, 0, 0);
  return {
    async round(count) {
      const times: number[] = [];
      for (let i = 0; i < count; i++) {
        const before = performance.now();
        client.send(packet);
        await new Promise<void>((resolve) => (client.onMessage = resolve));
        times.push(performance.now() - before);
      }
      return times;
    },
    close() {
      client.close();
      viewer?.destroy();
    },
  };
}

export interface PacedRound {
  /** Microseconds of CPU a message. */
  cpu: number;
  /** Share of one core. */
  core: number;
  /** Shares of the time that the server, and this process, waited for a core. */
  waited: [server: number, load: number];
  /** From sending to hearing, in milliseconds, sorted. */
  delays: number[];
}

export interface Paced {
  /** 20,000 messages as fast as they go: a server that has run for an hour has compiled its code. */
  warmUp(): Promise<void>;
  round(seconds: number): Promise<PacedRound>;
  close(): void;
}

/**
 * Many rooms at a steady pace. `both`: each of a room's two clients publishes and receives the
 * other's; otherwise one publishes and the other receives.
 */
export async function paced(
  { server, transport, watched }: Variant,
  options: { rooms: number; perSecond: number; qos: QoS; both: boolean },
): Promise<Paced> {
  const { rooms, perSecond, qos, both } = options;
  const senders: (() => void)[] = [];
  const clients: Client[] = [];
  const viewers: (Socket | null)[] = [];
  let delays: number[] = [];
  let under = 0;
  async function open(room: number): Promise<void> {
    const target = server.target(transport, room);
    const topics = [`${topicOf(room)}/a`, `${topicOf(room)}/b`] as const;
    const pair = [await Client.open(target), await Client.open(target)] as const;
    clients.push(...pair);
    for (const [from, to, topic] of [
      [pair[0], pair[1], topics[0]],
      ...(both ? [[pair[1], pair[0], topics[1]] as const] : []),
    ] as const) {
      await to.subscribe(topic, qos);
      let id = 0;
      // In order on one line: the oldest message in flight is the one that arrives.
      const sent: number[] = [];
      to.onMessage = () => {
        under--;
        delays.push(performance.now() - sent.shift()!);
      };
      senders.push(() => {
        under++;
        sent.push(performance.now());
        from.send(publishPacket(topic, qos, (id++ % 60_000) + 1));
      });
    }
    if (watched) viewers.push(await watch(server, room));
  }
  for (let room = 0; room < rooms; room += 20)
    await Promise.all(Array.from({ length: Math.min(20, rooms - room) }, (_, i) => open(room + i)));

  /** Spread evenly: each time those whose turn it is. */
  const run = (seconds: number, pace = perSecond): Promise<void> =>
    new Promise((resolve) => {
      const total = Math.floor(senders.length * pace * seconds);
      const start = performance.now();
      let sent = 0;
      const timer = setInterval(() => {
        const due = Math.min(total, ((performance.now() - start) / 1000) * senders.length * pace);
        while (sent < due) senders[sent++ % senders.length]!();
        if (sent < total || under > 0) return;
        clearInterval(timer);
        resolve();
      }, 2);
    });
  return {
    warmUp: () => run(2, 10_000 / senders.length),
    async round(seconds) {
      delays = [];
      const before = await server.usage();
      const own = waitedOf('self');
      const start = performance.now();
      await run(seconds);
      const took = performance.now() - start;
      const after = await server.usage();
      const cpu = after.cpu - before.cpu;
      delays.sort((a, b) => a - b);
      const share = (us: number): number => us / 1000 / took;
      const waited = [share(after.waited - before.waited), share(waitedOf('self') - own)] as const;
      return { cpu: cpu / delays.length, core: share(cpu), waited: [...waited], delays };
    },
    close() {
      for (const client of clients) client.close();
      for (const viewer of viewers) viewer?.destroy();
    },
  };
}

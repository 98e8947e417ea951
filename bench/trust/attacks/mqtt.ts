/** The same attacks on TCP, TLS and WebSocket: floods of the cheapest and dearest, and who doesn't read. */
import type { Ground } from '../ground.ts';
import {
  connectPacket,
  dial,
  entrances,
  packet,
  pingPacket,
  publishPacket,
  subscribePacket,
  upgrade,
  upgradeHead,
  type Entrance,
} from '../wire.ts';
import type { Attack } from './attack.ts';

const nameOf = { tcp: 'TCP', tls: 'TLS', ws: 'WebSocket' } as const;

/** 9,000 user properties: 63,000 bytes that are judged one by one. */
export const manyProperties = (): Buffer =>
  packet(
    {
      cmd: 'publish',
      topic: 'a',
      payload: '',
      qos: 0,
      properties: { userProperties: { k: Array<string>(9000).fill('v') } },
    },
    5,
  );

/** Messages that a room's `#` gets at once. */
export async function retain(
  ground: Ground,
  entrance: Entrance,
  rooms: Awaited<ReturnType<Ground['rooms']>>,
  each = 2200,
): Promise<void> {
  // prettier-ignore
  const lines = await ground.lines(entrance, rooms, 1);
  for (const { socket, wrap } of lines)
    for (let n = 0; n < 200; n++)
      socket.write(wrap(publishPacket(`r/${n}`, Buffer.alloc(each, 65), { retain: true })));
  await new Promise((resolve) => setTimeout(resolve, 3000));
  for (const { socket } of lines) socket.destroy();
}

const kinds: { name: string; what: string; run(ground: Ground, on: Entrance): Promise<unknown> }[] =
  [
    {
      name: 'ping',
      what: '190 lines flood PINGREQ',
      async run(ground, on) {
        const lines = await ground.lines(on, await ground.rooms(10), 19);
        for (const line of lines) ground.pourPacket(line, pingPacket);
      },
    },
    {
      name: 'properties',
      what: '80 lines flood PUBLISH with 9,000 user properties',
      async run(ground, on) {
        const unit = manyProperties();
        const connect = { protocolVersion: 5 };
        const lines = await ground.lines(on, await ground.rooms(20), 4, { connect });
        for (const line of lines) ground.pourPacket(line, unit);
      },
    },
    {
      name: 'retained',
      what: '100 lines subscribe # again and again: 440 KB retained',
      async run(ground, on) {
        const rooms = await ground.rooms(10);
        await retain(ground, on, rooms);
        const lines = await ground.lines(on, rooms, 10);
        for (const line of lines)
          ground.pourPacket(line, subscribePacket(['#', 'r/#', '+/+']), 500);
      },
    },
    {
      name: 'unread',
      what: '140 subscribers never read, 50 lines flood them',
      async run(ground, on) {
        const rooms = await ground.rooms(10);
        const readers = await ground.lines(on, rooms, 14);
        for (const { socket, wrap } of readers) {
          socket.write(wrap(subscribePacket(['#'], 1)));
          socket.pause();
        }
        const lines = await ground.lines(on, rooms, 5);
        const unit = publishPacket('a/b', Buffer.alloc(8000, 66), { qos: 1, messageId: 7 });
        for (const line of lines) ground.pourPacket(line, unit);
      },
    },
    {
      name: 'fan-out',
      what: '10 rooms: 5 lines publish to 14 subscribers each',
      async run(ground, on) {
        const rooms = await ground.rooms(10);
        for (const { socket, wrap } of await ground.lines(on, rooms, 14))
          socket.write(wrap(subscribePacket(['#', 'a/#', '+/b'])));
        for (const line of await ground.lines(on, rooms, 5))
          ground.pourPacket(line, publishPacket('a/b', 'hello'), 4000);
      },
    },
    {
      name: 'connects',
      what: '100 side by side connect and leave without end',
      async run(ground, on) {
        const rooms = await ground.rooms(10);
        ground.forever(100, async (n) => {
          const { socket } = await ground.line(on, rooms[n % rooms.length]!, {
            id: `same-${n % 5}`,
          });
          ground.count('sent');
          socket.destroy();
        });
      },
    },
    {
      name: 'no-connect',
      what: '1,500 connections say nothing, and come again if closed',
      async run(ground, on) {
        const [room] = await ground.rooms(1);
        const open = async (): Promise<unknown> => {
          ground.count('sent');
          const socket =
            on === 'ws'
              ? await upgrade(ground.ports, `/mqtt/${room!.address}`, ground.from, 'mqtt')
              : await dial(ground.ports, on, ground.from);
          return new Promise((resolve) => ground.keep(socket).once('close', resolve));
        };
        ground.forever(1500, open);
      },
    },
    {
      name: 'sessions',
      what: '1,000 sessions kept, then a flood for them all',
      async run(ground, on) {
        const rooms = await ground.rooms(10);
        const connect = { clean: false };
        await ground.each(1000, async (n) => {
          const { socket, wrap } = await ground.line(on, rooms[n % 10]!, {
            id: `kept-${n}`,
            connect,
          });
          socket.write(wrap(subscribePacket(['#', 'a/#'], 1)));
          ground.count('sent');
          await new Promise((resolve) => socket.once('data', resolve));
          socket.destroy();
        });
        const unit = publishPacket('a/b', Buffer.alloc(500, 67), { qos: 1, messageId: 7 });
        for (const line of await ground.lines(on, rooms, 5)) ground.pourPacket(line, unit, 4000);
      },
    },
    {
      name: 'guesses',
      what: '100 side by side guess addresses of rooms',
      async run(ground, on) {
        const key = (): string => Math.random().toString(32).slice(2, 12).padEnd(10, '0');
        ground.forever(100, async () => {
          const address = `brave-otter-${key()}`;
          const socket = ground.keep(await dial(ground.ports, on, ground.from));
          ground.count('sent');
          const guess =
            on === 'ws' ? upgradeHead(`/mqtt/${address}`, 'mqtt') : connectPacket('g', address);
          socket.write(guess);
          await new Promise((resolve) => socket.once('close', resolve).once('data', resolve));
          socket.destroy();
        });
      },
    },
  ];

export const mqttAttacks: Attack[] = entrances.flatMap((on) =>
  kinds.map(({ name, what, run }) => ({
    name: `${on}-${name}`,
    entrance: nameOf[on],
    what,
    run: (ground: Ground) => run(ground, on),
  })),
);

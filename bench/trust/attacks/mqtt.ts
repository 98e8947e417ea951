/** The same attacks on TCP, TLS and WebSocket: floods of cheap and expensive packets, and clients that do not read. */
import type { AttackTools } from '../attack-tools.ts';
import {
  connectPacket,
  dial,
  transports,
  packet,
  pingPacket,
  publishPacket,
  subscribePacket,
  upgrade,
  upgradeHead,
  type Transport,
} from '../wire.ts';
import type { Attack } from './attack.ts';

const nameOf = { tcp: 'TCP', tls: 'TLS', ws: 'WebSocket' } as const;

/** 9,000 user properties: 63,000 bytes that the gate validates one by one. */
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

/** Retained messages that a subscription to `#` receives at once. */
export async function retain(
  tools: AttackTools,
  transport: Transport,
  rooms: Awaited<ReturnType<AttackTools['rooms']>>,
  each = 2200,
): Promise<void> {
  // prettier-ignore
  const lines = await tools.lines(transport, rooms, 1);
  for (const { socket, wrap } of lines)
    for (let n = 0; n < 200; n++)
      socket.write(wrap(publishPacket(`r/${n}`, Buffer.alloc(each, 65), { retain: true })));
  await new Promise((resolve) => setTimeout(resolve, 3000));
  for (const { socket } of lines) socket.destroy();
}

const kinds: {
  name: string;
  what: string;
  run(tools: AttackTools, on: Transport): Promise<unknown>;
}[] = [
  {
    name: 'ping',
    what: '190 lines flood PINGREQ',
    async run(tools, on) {
      const lines = await tools.lines(on, await tools.rooms(10), 19);
      for (const line of lines) tools.pourPacket(line, pingPacket);
    },
  },
  {
    name: 'properties',
    what: '80 lines flood PUBLISH with 9,000 user properties',
    async run(tools, on) {
      const unit = manyProperties();
      const connect = { protocolVersion: 5 };
      const lines = await tools.lines(on, await tools.rooms(20), 4, { connect });
      for (const line of lines) tools.pourPacket(line, unit);
    },
  },
  {
    name: 'retained',
    what: '100 lines subscribe # again and again: 440 KB retained',
    async run(tools, on) {
      const rooms = await tools.rooms(10);
      await retain(tools, on, rooms);
      const lines = await tools.lines(on, rooms, 10);
      for (const line of lines) tools.pourPacket(line, subscribePacket(['#', 'r/#', '+/+']), 500);
    },
  },
  {
    name: 'unread',
    what: '140 subscribers never read, 50 lines flood them',
    async run(tools, on) {
      const rooms = await tools.rooms(10);
      const readers = await tools.lines(on, rooms, 14);
      for (const { socket, wrap } of readers) {
        socket.write(wrap(subscribePacket(['#'], 1)));
        socket.pause();
      }
      const lines = await tools.lines(on, rooms, 5);
      const unit = publishPacket('a/b', Buffer.alloc(8000, 66), { qos: 1, messageId: 7 });
      for (const line of lines) tools.pourPacket(line, unit);
    },
  },
  {
    name: 'fan-out',
    what: '10 rooms: 5 lines publish to 14 subscribers each',
    async run(tools, on) {
      const rooms = await tools.rooms(10);
      for (const { socket, wrap } of await tools.lines(on, rooms, 14))
        socket.write(wrap(subscribePacket(['#', 'a/#', '+/b'])));
      for (const line of await tools.lines(on, rooms, 5))
        tools.pourPacket(line, publishPacket('a/b', 'hello'), 4000);
    },
  },
  {
    name: 'connects',
    what: '100 side by side connect and leave without end',
    async run(tools, on) {
      const rooms = await tools.rooms(10);
      tools.forever(100, async (n) => {
        const { socket } = await tools.line(on, rooms[n % rooms.length]!, {
          id: `same-${n % 5}`,
        });
        tools.count('sent');
        socket.destroy();
      });
    },
  },
  {
    name: 'no-connect',
    what: '1,500 connections say nothing, and come again if closed',
    async run(tools, on) {
      const [room] = await tools.rooms(1);
      const open = async (): Promise<unknown> => {
        tools.count('sent');
        const socket =
          on === 'ws'
            ? await upgrade(tools.ports, `/mqtt/${room!.address}`, tools.from, 'mqtt')
            : await dial(tools.ports, on, tools.from);
        return new Promise((resolve) => tools.keep(socket).once('close', resolve));
      };
      tools.forever(1500, open);
    },
  },
  {
    name: 'sessions',
    what: '1,000 sessions kept, then a flood for them all',
    async run(tools, on) {
      const rooms = await tools.rooms(10);
      const connect = { clean: false };
      await tools.each(1000, async (n) => {
        const { socket, wrap } = await tools.line(on, rooms[n % 10]!, {
          id: `kept-${n}`,
          connect,
        });
        socket.write(wrap(subscribePacket(['#', 'a/#'], 1)));
        tools.count('sent');
        await new Promise((resolve) => socket.once('data', resolve));
        socket.destroy();
      });
      const unit = publishPacket('a/b', Buffer.alloc(500, 67), { qos: 1, messageId: 7 });
      for (const line of await tools.lines(on, rooms, 5)) tools.pourPacket(line, unit, 4000);
    },
  },
  {
    name: 'guesses',
    what: '100 side by side guess addresses of rooms',
    async run(tools, on) {
      const key = (): string => Math.random().toString(32).slice(2, 12).padEnd(10, '0');
      tools.forever(100, async () => {
        const address = `brave-otter-${key()}`;
        const socket = tools.keep(await dial(tools.ports, on, tools.from));
        tools.count('sent');
        const guess =
          on === 'ws' ? upgradeHead(`/mqtt/${address}`, 'mqtt') : connectPacket('g', address);
        socket.write(guess);
        await new Promise((resolve) => socket.once('close', resolve).once('data', resolve));
        socket.destroy();
      });
    },
  },
];

export const mqttAttacks: Attack[] = transports.flatMap((on) =>
  kinds.map(({ name, what, run }) => ({
    name: `${on}-${name}`,
    transport: nameOf[on],
    what,
    run: (tools: AttackTools) => run(tools, on),
  })),
);

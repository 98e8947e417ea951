/** What is large and never whole: the server keeps the bytes that have come, and waits for the last one. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Socket } from 'node:net';
import { publishPacket, upgrade, wsFrame } from '../wire.ts';
import type { AttackTools } from '../attack-tools.ts';
import type { Attack } from './attack.ts';

/** The largest message of a WebSocket that the server takes, and the largest packet. */
const messageBytes = 524_288;
const packetBytes = 65_536;

const allButLast = (bytes: Buffer): Buffer => bytes.subarray(0, -1);

/** Resolves once the connection is closed; what has been sent of `bytes` is never finished. */
async function hold(tools: AttackTools, socket: Socket, ...bytes: Buffer[]): Promise<void> {
  tools.count('sent');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  for (const each of bytes) socket.write(each);
  await closed;
  await sleep(100);
}

/** So many connections of four addresses, side by side, each to its place in a room of its address. */
async function fromFour(
  tools: AttackTools,
  { rooms, each }: { rooms: number; each: number },
  connect: (room: Awaited<ReturnType<AttackTools['rooms']>>[0], from: string) => Promise<void>,
): Promise<void> {
  const addresses = [0, 1, 2, 3].map((n) => tools.address(n));
  const own = await Promise.all(addresses.map((from) => tools.rooms(rooms, from)));
  tools.forever(addresses.length * rooms * each, (n) => {
    const of = n % addresses.length;
    return connect(own[of]![Math.floor(n / addresses.length) % rooms]!, addresses[of]!);
  });
}

export const incompleteAttacks: Attack[] = [
  {
    name: 'tcp-incomplete',
    transport: 'TCP',
    what: '1,600 lines of four addresses hold a PUBLISH of 64 KB without its last byte',
    async run(tools) {
      const bytes = allButLast(publishPacket('a/b', Buffer.alloc(packetBytes - 9, 65)));
      await fromFour(tools, { rooms: 20, each: 20 }, async (room, from) => {
        await hold(tools, (await tools.line('tcp', room, { from })).socket, bytes);
      });
    },
  },
  {
    name: 'ws-incomplete',
    transport: 'WebSocket',
    what: '1,600 lines of four addresses hold a message of 512 KB without its last byte',
    async run(tools) {
      const bytes = allButLast(wsFrame(Buffer.alloc(messageBytes - 16, 65)));
      await fromFour(tools, { rooms: 20, each: 20 }, async (room, from) => {
        await hold(tools, (await tools.line('ws', room, { from })).socket, bytes);
      });
    },
  },
  {
    name: 'ws-incomplete-fragments',
    transport: 'WebSocket',
    what: '1,600 lines of four addresses hold fragments of 512 KB and ping',
    async run(tools) {
      const begin = wsFrame(Buffer.alloc(60_000, 65));
      begin[0] = 0x02;
      const more = wsFrame(Buffer.alloc(60_000, 65), 0);
      more[0] = 0x00;
      const parts = [begin, ...Array<Buffer>(7).fill(Buffer.concat([more, wsFrame(Buffer.alloc(0), 9)]))]; // prettier-ignore
      await fromFour(tools, { rooms: 20, each: 20 }, async (room, from) => {
        await hold(tools, (await tools.line('ws', room, { from })).socket, ...parts);
      });
    },
  },
  {
    name: 'watch-incomplete',
    transport: 'watch',
    what: '1,600 viewers of four addresses hold a request of 512 KB without its last byte',
    async run(tools) {
      const bytes = allButLast(wsFrame(Buffer.alloc(messageBytes - 16, 65), 1));
      await fromFour(tools, { rooms: 80, each: 5 }, async (room, from) => {
        await hold(tools, (await tools.viewer(room, { from })).socket, bytes);
      });
    },
  },
  {
    name: 'watch-upgrades',
    transport: 'watch',
    what: '100 side by side upgrade at a room to watch, and leave',
    async run(tools) {
      const rooms = await tools.rooms(20);
      tools.forever(100, async (n) => {
        (await upgrade(tools.ports, rooms[n % 20]!.watchPath, tools.from)).destroy();
        tools.count('sent');
      });
    },
  },
];

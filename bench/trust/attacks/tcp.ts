/** Attacks that need MQTT only; TLS handshakes. */
import { connect as dialPlain } from 'node:net';
import { dial, packet, publishPacket, subscribePacket } from '../wire.ts';
import { manyProperties } from './mqtt.ts';
import type { Attack } from './attack.ts';

export const tcpAttacks: Attack[] = [
  {
    name: 'tcp-watched-flood',
    entrance: 'TCP',
    what: '25 lines flood 5 rooms that 25 viewers watch, with checks',
    async run(ground) {
      const rooms = await ground.rooms(5);
      await ground.viewers(rooms, 5);
      for (const line of await ground.lines('tcp', rooms, 5))
        ground.pourPacket(line, publishPacket('hello/mqtt', 'x'), 4000);
    },
  },
  {
    name: 'tcp-lines',
    entrance: 'TCP',
    what: 'two addresses want 3,200 lines, 20 packets a second each',
    async run(ground) {
      const rooms = [await ground.rooms(90), await ground.rooms(90, ground.address(1))];
      const open = await ground.each(3200, (n) => {
        const of = n % 2;
        return ground.line('tcp', rooms[of]![(n >> 1) % 90]!, { from: ground.address(of) });
      }, 100); // prettier-ignore
      const pack = publishPacket('a/b', 'x');
      let turn = 0;
      // Each line has its turn every 50 ms.
      ground.every(5, () => {
        turn = (turn + 1) % 10;
        for (let n = turn; n < open.length; n += 10)
          if (open[n]!.socket.writable && open[n]!.socket.write(pack)) ground.count('sent');
      });
    },
  },
  {
    name: 'tcp-open-room',
    entrance: 'TCP',
    what: 'open room: 150 lines flood 150 subscribers',
    async run(ground) {
      const room = { address: undefined as unknown as string, watchPath: '', devicePath: () => '' };
      for (const { socket } of await ground.lines('tcp', [room], 150))
        socket.write(subscribePacket(['#']));
      for (const line of await ground.lines('tcp', [room], 150))
        ground.pourPacket(line, publishPacket('a/b', Buffer.alloc(200, 65)), 4000);
    },
  },
  {
    name: 'tcp-fan-out-rooms',
    entrance: 'TCP',
    what: '40 rooms, 760 lines, each publishes 20 a second to half of its room',
    async run(ground) {
      const rooms = await ground.rooms(40);
      for (const { socket } of await ground.lines('tcp', rooms, 10))
        socket.write(subscribePacket(['#']));
      const lines = await ground.lines('tcp', rooms, 9);
      const unit = publishPacket('a/b', Buffer.alloc(100, 65));
      ground.every(50, () => {
        for (const { socket } of lines) if (socket.writable) socket.write(unit);
        ground.count('sent', lines.length);
      });
    },
  },
  {
    name: 'tcp-full-traces',
    entrance: 'TCP',
    what: '1,200 rooms of four addresses, a full trace in each',
    async run(ground) {
      const unit = publishPacket('a/b', Buffer.alloc(60_000, 65));
      await ground.each(1200, async (n) => {
        const from = ground.address(n % 4);
        const [room] = await ground.rooms(1, from);
        const { socket } = await ground.line('tcp', room!, { from });
        ground.count('sent', 40);
        for (let k = 0; k < 40; k++) socket.write(unit);
      }, 60); // prettier-ignore
    },
  },
  {
    name: 'tcp-reconnects',
    entrance: 'TCP',
    what: '16 rooms: a new client for each burst of 300 packets',
    async run(ground) {
      const rooms = await ground.rooms(16);
      const burst = Buffer.concat(Array<Buffer>(290).fill(publishPacket('a/b', 'x')));
      for (const { socket } of await ground.lines('tcp', rooms, 3))
        socket.write(subscribePacket(['#']));
      ground.forever(64, async (n) => {
        const { socket } = await ground.line('tcp', rooms[n % 16]!);
        ground.count('sent', 290);
        await new Promise((resolve) => socket.end(burst, resolve as () => void));
      });
    },
  },
  {
    name: 'tcp-takeovers',
    entrance: 'TCP',
    what: 'clients with a will take over one another',
    async run(ground) {
      const rooms = await ground.rooms(10);
      for (const { socket } of await ground.lines('tcp', rooms, 8))
        socket.write(subscribePacket(['#'], 1));
      const will = { topic: 'will', payload: Buffer.alloc(1000, 65), qos: 1, retain: true };
      ground.forever(60, async (n) => {
        await ground.line('tcp', rooms[n % 10]!, { id: 'same', connect: { will } });
        ground.count('sent');
      });
    },
  },
  {
    name: 'tcp-qos2',
    entrance: 'TCP',
    what: '100 lines send QoS 2 and never release',
    async run(ground) {
      const lines = await ground.lines('tcp', await ground.rooms(10), 10);
      const ids = Array.from({ length: 600 }, (_, n) =>
        publishPacket('a/b', Buffer.alloc(50), { qos: 2, messageId: n + 1 }),
      );
      for (const { socket } of lines) ground.pour(socket, Buffer.concat(ids), 600);
    },
  },
  {
    name: 'tcp-filters',
    entrance: 'TCP',
    what: '100 lines subscribe and unsubscribe 20 deep wildcard filters',
    async run(ground) {
      const lines = await ground.lines('tcp', await ground.rooms(10), 10);
      const filters = Array.from({ length: 20 }, (_, n) => `${'+/'.repeat(14)}${n}`);
      const leave = packet({ cmd: 'unsubscribe', messageId: 3, unsubscriptions: filters });
      const unit = Buffer.concat([subscribePacket(filters), leave]);
      for (const line of lines) ground.pourPacket(line, unit);
    },
  },
  {
    name: 'tcp-bytes',
    entrance: 'TCP',
    what: '190 lines send a PUBLISH byte by byte, a segment each',
    async run(ground) {
      const lines = await ground.lines('tcp', await ground.rooms(10), 19);
      const unit = publishPacket('a/b', 'x');
      ground.forever(1, async () => {
        for (const byte of unit) {
          for (const { socket } of lines) if (socket.writable) socket.write(Buffer.from([byte]));
          ground.count('sent', lines.length);
          await new Promise((resolve) => setImmediate(resolve));
        }
      });
    },
  },
  {
    name: 'tls-handshakes',
    entrance: 'TLS',
    what: '60 side by side shake hands and leave',
    async run(ground) {
      ground.forever(60, async () => {
        (await dial(ground.ports, 'tls', ground.from)).destroy();
        ground.count('sent');
      });
    },
  },
  {
    name: 'tls-unfinished',
    entrance: 'TLS',
    what: '1,500 begin a handshake, and say no more',
    async run(ground) {
      // A record header for a ClientHello of 512 bytes, and the first of them.
      const begun = Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252]);
      ground.forever(1500, async () => {
        const at = { port: ground.ports.tls, host: '127.0.0.1', localAddress: ground.from };
        const socket = ground.keep(dialPlain(at));
        socket.write(begun);
        ground.count('sent');
        await new Promise((resolve) => socket.once('close', resolve));
      });
    },
  },
  {
    name: 'tls-many-addresses',
    entrance: 'TLS',
    what: 'twenty addresses, 20 lines each: user properties',
    async run(ground) {
      const unit = manyProperties();
      const connect = { protocolVersion: 5 };
      await ground.each(20, async (n) => {
        const from = ground.address(n);
        const rooms = await ground.rooms(1, from);
        for (const line of await ground.lines('tls', rooms, 18, { from, connect }))
          ground.pourPacket(line, unit);
      });
    },
  },
];

/** Attacks that need MQTT only; TLS handshakes. */
import { connect as dialPlain } from 'node:net';
import { dial, packet, publishPacket, subscribePacket } from '../wire.ts';
import { manyProperties } from './mqtt.ts';
import type { Attack } from './attack.ts';

export const tcpAttacks: Attack[] = [
  {
    name: 'tcp-watched-flood',
    transport: 'TCP',
    what: '25 lines flood 5 rooms that 25 viewers watch, with checks',
    async run(tools) {
      const rooms = await tools.rooms(5);
      await tools.viewers(rooms, 5);
      for (const line of await tools.lines('tcp', rooms, 5))
        tools.pourPacket(line, publishPacket('hello/mqtt', 'x'), 4000);
    },
  },
  {
    name: 'tcp-lines',
    transport: 'TCP',
    what: 'two addresses want 3,200 lines, 20 packets a second each',
    async run(tools) {
      const rooms = [await tools.rooms(90), await tools.rooms(90, tools.address(1))];
      const open = await tools.each(3200, (n) => {
        const of = n % 2;
        return tools.line('tcp', rooms[of]![(n >> 1) % 90]!, { from: tools.address(of) });
      }, 100); // prettier-ignore
      const pack = publishPacket('a/b', 'x');
      let turn = 0;
      // Each line sends every 50 ms.
      tools.every(5, () => {
        turn = (turn + 1) % 10;
        for (let n = turn; n < open.length; n += 10)
          if (open[n]!.socket.writable && open[n]!.socket.write(pack)) tools.count('sent');
      });
    },
  },
  {
    name: 'tcp-open-room',
    transport: 'TCP',
    what: 'open room: 150 lines flood 150 subscribers',
    async run(tools) {
      const room = { address: undefined as unknown as string, watchPath: '', devicePath: () => '' };
      for (const { socket } of await tools.lines('tcp', [room], 150))
        socket.write(subscribePacket(['#']));
      for (const line of await tools.lines('tcp', [room], 150))
        tools.pourPacket(line, publishPacket('a/b', Buffer.alloc(200, 65)), 4000);
    },
  },
  {
    name: 'tcp-fan-out-rooms',
    transport: 'TCP',
    what: '40 rooms, 760 lines, each publishes 20 a second to half of its room',
    async run(tools) {
      const rooms = await tools.rooms(40);
      for (const { socket } of await tools.lines('tcp', rooms, 10))
        socket.write(subscribePacket(['#']));
      const lines = await tools.lines('tcp', rooms, 9);
      const unit = publishPacket('a/b', Buffer.alloc(100, 65));
      tools.every(50, () => {
        for (const { socket } of lines) if (socket.writable) socket.write(unit);
        tools.count('sent', lines.length);
      });
    },
  },
  {
    name: 'tcp-full-traces',
    transport: 'TCP',
    what: '1,200 rooms of four addresses, a full trace in each',
    async run(tools) {
      const unit = publishPacket('a/b', Buffer.alloc(60_000, 65));
      await tools.each(1200, async (n) => {
        const from = tools.address(n % 4);
        const [room] = await tools.rooms(1, from);
        const { socket } = await tools.line('tcp', room!, { from });
        tools.count('sent', 40);
        for (let k = 0; k < 40; k++) socket.write(unit);
      }, 60); // prettier-ignore
    },
  },
  {
    name: 'tcp-reconnects',
    transport: 'TCP',
    what: '16 rooms: a new client for each burst of 300 packets',
    async run(tools) {
      const rooms = await tools.rooms(16);
      const burst = Buffer.concat(Array<Buffer>(290).fill(publishPacket('a/b', 'x')));
      for (const { socket } of await tools.lines('tcp', rooms, 3))
        socket.write(subscribePacket(['#']));
      tools.forever(64, async (n) => {
        const { socket } = await tools.line('tcp', rooms[n % 16]!);
        tools.count('sent', 290);
        await new Promise((resolve) => socket.end(burst, resolve as () => void));
      });
    },
  },
  {
    name: 'tcp-takeovers',
    transport: 'TCP',
    what: 'clients with a will take over one another',
    async run(tools) {
      const rooms = await tools.rooms(10);
      for (const { socket } of await tools.lines('tcp', rooms, 8))
        socket.write(subscribePacket(['#'], 1));
      const will = { topic: 'will', payload: Buffer.alloc(1000, 65), qos: 1, retain: true };
      tools.forever(60, async (n) => {
        await tools.line('tcp', rooms[n % 10]!, { id: 'same', connect: { will } });
        tools.count('sent');
      });
    },
  },
  {
    name: 'tcp-qos2',
    transport: 'TCP',
    what: '100 lines send QoS 2 and never release',
    async run(tools) {
      const lines = await tools.lines('tcp', await tools.rooms(10), 10);
      const ids = Array.from({ length: 600 }, (_, n) =>
        publishPacket('a/b', Buffer.alloc(50), { qos: 2, messageId: n + 1 }),
      );
      for (const { socket } of lines) tools.pour(socket, Buffer.concat(ids), 600);
    },
  },
  {
    name: 'tcp-filters',
    transport: 'TCP',
    what: '100 lines subscribe and unsubscribe 20 deep wildcard filters',
    async run(tools) {
      const lines = await tools.lines('tcp', await tools.rooms(10), 10);
      const filters = Array.from({ length: 20 }, (_, n) => `${'+/'.repeat(14)}${n}`);
      const leave = packet({ cmd: 'unsubscribe', messageId: 3, unsubscriptions: filters });
      const unit = Buffer.concat([subscribePacket(filters), leave]);
      for (const line of lines) tools.pourPacket(line, unit);
    },
  },
  {
    name: 'tcp-bytes',
    transport: 'TCP',
    what: '190 lines send a PUBLISH byte by byte, a segment each',
    async run(tools) {
      const lines = await tools.lines('tcp', await tools.rooms(10), 19);
      const unit = publishPacket('a/b', 'x');
      tools.forever(1, async () => {
        for (const byte of unit) {
          for (const { socket } of lines) if (socket.writable) socket.write(Buffer.from([byte]));
          tools.count('sent', lines.length);
          await new Promise((resolve) => setImmediate(resolve));
        }
      });
    },
  },
  {
    name: 'tls-handshakes',
    transport: 'TLS',
    what: '60 side by side shake hands and leave',
    async run(tools) {
      tools.forever(60, async () => {
        (await dial(tools.ports, 'tls', tools.from)).destroy();
        tools.count('sent');
      });
    },
  },
  {
    name: 'tls-unfinished',
    transport: 'TLS',
    what: '1,500 begin a handshake, and say no more',
    async run(tools) {
      // A record header for a ClientHello of 512 bytes, and the first of them.
      const begun = Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252]);
      tools.forever(1500, async () => {
        const at = { port: tools.ports.tls, host: '127.0.0.1', localAddress: tools.from };
        const socket = tools.keep(dialPlain(at));
        socket.write(begun);
        tools.count('sent');
        await new Promise((resolve) => socket.once('close', resolve));
      });
    },
  },
  {
    name: 'tls-many-addresses',
    transport: 'TLS',
    what: 'twenty addresses, 20 lines each: user properties',
    async run(tools) {
      const unit = manyProperties();
      const connect = { protocolVersion: 5 };
      await tools.each(20, async (n) => {
        const from = tools.address(n);
        const rooms = await tools.rooms(1, from);
        for (const line of await tools.lines('tls', rooms, 18, { from, connect }))
          tools.pourPacket(line, unit);
      });
    },
  },
];

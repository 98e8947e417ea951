/** Attacks that only WebSocket's frames allow. */
import { repeated, wsFrame, upgrade } from '../wire.ts';
import type { Ground } from '../ground.ts';
import type { Attack } from './attack.ts';

async function frames(ground: Ground, chunk: Buffer, units: number): Promise<void> {
  for (const { socket } of await ground.lines('ws', await ground.rooms(10), 2))
    ground.pour(socket, chunk, units);
}

export const wsAttacks: Attack[] = [
  {
    name: 'ws-one-byte',
    entrance: 'WebSocket',
    what: '20 lines flood messages of one byte',
    run(ground) {
      const unit = Buffer.concat([wsFrame(Buffer.from([0xc0])), wsFrame(Buffer.from([0]))]);
      const chunk = repeated(unit);
      return frames(ground, chunk, (chunk.length / unit.length) * 2);
    },
  },
  {
    name: 'ws-empty',
    entrance: 'WebSocket',
    what: '20 lines flood empty messages',
    run: (ground) => frames(ground, repeated(wsFrame(Buffer.alloc(0))), 10_922),
  },
  {
    name: 'ws-control',
    entrance: 'WebSocket',
    what: '20 lines flood ping frames',
    run: (ground) => frames(ground, repeated(wsFrame(Buffer.alloc(125), 9)), 500),
  },
  {
    name: 'ws-control-unread',
    entrance: 'WebSocket',
    what: '100 lines flood ping frames and read no pong',
    async run(ground) {
      const lines = await ground.lines('ws', await ground.rooms(10), 10, { reads: false });
      for (const { socket } of lines) ground.pour(socket, repeated(wsFrame(Buffer.alloc(125), 9)), 500); // prettier-ignore
    },
  },
  {
    name: 'ws-fragments',
    entrance: 'WebSocket',
    what: '40 lines flood one message in fragments without end',
    async run(ground) {
      // The first is sent by itself, those that follow have opcode 0 and no FIN.
      const begin = wsFrame(Buffer.from([0xc0]));
      const more = wsFrame(Buffer.alloc(0), 0);
      begin[0] = 0x02;
      more[0] = 0x00;
      const rooms = await ground.rooms(10);
      ground.forever(40, async (n) => {
        const { socket } = await ground.line('ws', rooms[n % 10]!);
        socket.write(begin);
        ground.pour(socket, repeated(more), 10_922);
        await new Promise((resolve) => socket.once('close', resolve));
      });
    },
  },
  {
    name: 'ws-upgrades',
    entrance: 'WebSocket',
    what: '100 side by side upgrade and leave',
    async run(ground) {
      const [room] = await ground.rooms(1);
      ground.forever(100, async () => {
        const path = `/mqtt/${room!.address}`;
        (await upgrade(ground.ports, path, ground.from, 'mqtt')).destroy();
        ground.count('sent');
      });
    },
  },
];

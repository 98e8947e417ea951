/** Attacks with WebSocket frames. */
import { repeated, wsFrame, upgrade } from '../wire.ts';
import type { AttackTools } from '../attack-tools.ts';
import type { Attack } from './attack.ts';

async function frames(tools: AttackTools, chunk: Buffer, units: number): Promise<void> {
  for (const { socket } of await tools.lines('ws', await tools.rooms(10), 2))
    tools.pour(socket, chunk, units);
}

export const wsAttacks: Attack[] = [
  {
    name: 'ws-one-byte',
    transport: 'WebSocket',
    what: '20 lines flood messages of one byte',
    run(tools) {
      const unit = Buffer.concat([wsFrame(Buffer.from([0xc0])), wsFrame(Buffer.from([0]))]);
      const chunk = repeated(unit);
      return frames(tools, chunk, (chunk.length / unit.length) * 2);
    },
  },
  {
    name: 'ws-empty',
    transport: 'WebSocket',
    what: '20 lines flood empty messages',
    run: (tools) => frames(tools, repeated(wsFrame(Buffer.alloc(0))), 10_922),
  },
  {
    name: 'ws-control',
    transport: 'WebSocket',
    what: '20 lines flood ping frames',
    run: (tools) => frames(tools, repeated(wsFrame(Buffer.alloc(125), 9)), 500),
  },
  {
    name: 'ws-control-unread',
    transport: 'WebSocket',
    what: '100 lines flood ping frames and read no pong',
    async run(tools) {
      const lines = await tools.lines('ws', await tools.rooms(10), 10, { reads: false });
      for (const { socket } of lines) tools.pour(socket, repeated(wsFrame(Buffer.alloc(125), 9)), 500); // prettier-ignore
    },
  },
  {
    name: 'ws-fragments',
    transport: 'WebSocket',
    what: '40 lines flood one message in fragments without end',
    async run(tools) {
      // The first is sent by itself, those that follow have opcode 0 and no FIN.
      const begin = wsFrame(Buffer.from([0xc0]));
      const more = wsFrame(Buffer.alloc(0), 0);
      begin[0] = 0x02;
      more[0] = 0x00;
      const rooms = await tools.rooms(10);
      tools.forever(40, async (n) => {
        const { socket } = await tools.line('ws', rooms[n % 10]!);
        socket.write(begin);
        tools.pour(socket, repeated(more), 10_922);
        await new Promise((resolve) => socket.once('close', resolve));
      });
    },
  },
  {
    name: 'ws-upgrades',
    transport: 'WebSocket',
    what: '100 side by side upgrade and leave',
    async run(tools) {
      const [room] = await tools.rooms(1);
      tools.forever(100, async () => {
        const path = `/mqtt/${room!.address}`;
        (await upgrade(tools.ports, path, tools.from, 'mqtt')).destroy();
        tools.count('sent');
      });
    },
  },
];

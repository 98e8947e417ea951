/** A learner of a class floods from the class's own network address, with one room. */
import { manyProperties } from './mqtt.ts';
import { httpAttacks } from './http.ts';
import { publishPacket, subscribePacket } from '../wire.ts';
import type { Attack } from './attack.ts';

/** The rows of these attacks are also judged by the other learners of the class. */
export const learnerAttacks: Attack[] = [
  {
    name: 'class-mqtt',
    transport: 'TCP',
    what: 'one of the class floods its room: 18 lines, fan-out and user properties',
    async run(tools) {
      const rooms = await tools.rooms(1);
      for (const { socket } of await tools.lines('tcp', rooms, 8))
        socket.write(subscribePacket(['#']));
      for (const line of await tools.lines('tcp', rooms, 5))
        tools.pourPacket(line, publishPacket('a/b', 'x'), 4000);
      const connect = { protocolVersion: 5 };
      for (const line of await tools.lines('tcp', rooms, 5, { connect }))
        tools.pourPacket(line, manyProperties());
    },
  },
  {
    name: 'class-watch',
    transport: 'watch',
    what: 'one of the class: 5 viewers ask reset and state, 40 a second each',
    async run(tools) {
      const viewers = await tools.viewers(await tools.rooms(1), 5);
      let id = 0;
      tools.every(25, () => {
        for (const viewer of viewers) viewer.ask({ type: ++id % 2 ? 'reset' : 'state', id });
      });
    },
  },
  {
    name: 'class-lines',
    transport: 'WebSocket',
    what: 'one of the class takes rooms and lines as long as there are any',
    async run(tools) {
      const take = async (): Promise<void> => {
        const rooms = await tools.rooms(1);
        tools.count('sent', (await tools.lines('ws', rooms, 20)).length);
      };
      tools.forever(4, take);
    },
  },
  {
    name: 'class-http',
    transport: 'HTTP',
    what: 'one of the class: 1,000 connections ask for 4 MB and never read',
    async run(tools) {
      const row = httpAttacks.find(({ name }) => name === 'http-unread')!;
      await row.run(tools);
    },
  },
];

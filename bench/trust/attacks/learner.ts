/** One of a class floods, from the class's own address: with one room, as a learner has. */
import { manyProperties } from './mqtt.ts';
import { httpAttacks } from './http.ts';
import { publishPacket, subscribePacket } from '../wire.ts';
import type { Attack } from './attack.ts';

/** Rows of these are judged by the class, too. */
export const learnerAttacks: Attack[] = [
  {
    name: 'class-mqtt',
    entrance: 'TCP',
    what: 'one of the class floods its room: 18 lines, fan-out and user properties',
    async run(ground) {
      const rooms = await ground.rooms(1);
      for (const { socket } of await ground.lines('tcp', rooms, 8))
        socket.write(subscribePacket(['#']));
      for (const line of await ground.lines('tcp', rooms, 5))
        ground.pourPacket(line, publishPacket('a/b', 'x'), 4000);
      const connect = { protocolVersion: 5 };
      for (const line of await ground.lines('tcp', rooms, 5, { connect }))
        ground.pourPacket(line, manyProperties());
    },
  },
  {
    name: 'class-watch',
    entrance: 'watch',
    what: 'one of the class: 5 viewers ask reset and state, 40 a second each',
    async run(ground) {
      const viewers = await ground.viewers(await ground.rooms(1), 5);
      let id = 0;
      ground.every(25, () => {
        for (const viewer of viewers) viewer.ask({ type: ++id % 2 ? 'reset' : 'state', id });
      });
    },
  },
  {
    name: 'class-lines',
    entrance: 'WebSocket',
    what: 'one of the class takes rooms and lines as long as there are any',
    async run(ground) {
      const take = async (): Promise<void> => {
        const rooms = await ground.rooms(1);
        ground.count('sent', (await ground.lines('ws', rooms, 20)).length);
      };
      ground.forever(4, take);
    },
  },
  {
    name: 'class-http',
    entrance: 'HTTP',
    what: 'one of the class: 1,000 connections ask for 4 MB and never read',
    async run(ground) {
      const row = httpAttacks.find(({ name }) => name === 'http-unread')!;
      await row.run(ground);
    },
  },
];

/** Attacks by viewers of their own room. */
import type { WatchRequest } from '../../../sandbox/protocol/api.ts';
import type { FaultRule } from '../../../sandbox/protocol/faults.ts';
import { publishPacket, upgrade, wsFrame } from '../wire.ts';
import { retain } from './mqtt.ts';
import type { AttackTools } from '../attack-tools.ts';
import type { Attack } from './attack.ts';

/** Each viewer sends `perSecond` requests a second. */
async function asking(
  tools: AttackTools,
  viewers: { ask(request: WatchRequest): void }[],
  perSecond: number,
  request: (id: number) => WatchRequest,
): Promise<void> {
  let id = 0;
  tools.every(1000 / perSecond, () => {
    for (const viewer of viewers) viewer.ask(request(++id));
  });
}

const passwd = Array.from({ length: 600 }, (_, n) => `user${n}:$7$101$${'A'.repeat(16)}$${'B'.repeat(86)}==`).join('\n'); // prettier-ignore
const acl = Array.from({ length: 2000 }, (_, n) => `topic readwrite a/+/${n}/#`).join('\n');
const files = {
  'mosquitto.conf': 'password_file /etc/mosquitto/passwd\nacl_file /etc/mosquitto/acl\n',
  passwd: passwd.slice(0, 65_000),
  acl: acl.slice(0, 65_000),
};
const rule: FaultRule = { kind: 'PUBLISH', direction: 'to-broker', action: { do: 'drop' } };

export const watchAttacks: Attack[] = [
  {
    name: 'watch-reset',
    transport: 'watch',
    what: '180 viewers of 60 rooms ask reset, 40 a second each',
    async run(tools) {
      const viewers = await tools.viewers(await tools.rooms(60), 3);
      await asking(tools, viewers, 40, (id) => ({ type: 'reset', id }));
    },
  },
  {
    name: 'watch-reset-files',
    transport: 'watch',
    what: '60 viewers ask reset with 130 KB of broker files, 10 a second each',
    async run(tools) {
      const viewers = await tools.viewers(await tools.rooms(20), 3);
      await asking(tools, viewers, 10, (id) => ({ type: 'reset', files, id }));
    },
  },
  {
    name: 'watch-state',
    transport: 'watch',
    what: '120 viewers ask a state of 440 KB, 40 a second each',
    async run(tools) {
      const rooms = await tools.rooms(40);
      await retain(tools, 'tcp', rooms);
      await asking(tools, await tools.viewers(rooms, 3), 40, (id) => ({ type: 'state', id }));
    },
  },
  {
    name: 'watch-state-unread',
    transport: 'watch',
    what: '180 viewers ask a state of 440 KB and never read',
    async run(tools) {
      const rooms = await tools.rooms(60);
      await retain(tools, 'tcp', rooms);
      await asking(tools, await tools.viewers(rooms, 3, false), 40, (id) => ({
        type: 'state',
        id,
      }));
    },
  },
  {
    name: 'watch-device',
    transport: 'watch',
    what: '180 viewers flood the cheapest request',
    async run(tools) {
      const viewers = await tools.viewers(await tools.rooms(60), 3);
      await asking(tools, viewers, 48, () => ({
        type: 'device',
        device: 'publisher',
        state: 'running',
      }));
    },
  },
  {
    name: 'watch-junk',
    transport: 'watch',
    what: '60 side by side pour texts of 200 KB that are no request',
    async run(tools) {
      const rooms = await tools.rooms(20);
      const text = wsFrame(Buffer.from(`[${'[],'.repeat(20_000)}[]]`), 1);
      tools.forever(60, async (n) => {
        const { socket } = await tools.viewer(rooms[n % 20]!);
        tools.pour(socket, text);
        await new Promise((resolve) => socket.once('close', resolve));
      });
    },
  },
  {
    name: 'watch-arm',
    transport: 'watch',
    what: '60 viewers arm 20 rules, 40 a second each',
    async run(tools) {
      const viewers = await tools.viewers(await tools.rooms(20), 3);
      const rules = Array<FaultRule>(20).fill(rule);
      await asking(tools, viewers, 40, (id) => ({ type: 'arm', rules, replace: true, id }));
    },
  },
  {
    name: 'watch-reconnects',
    transport: 'watch',
    what: '100 side by side read a full trace of 2 MB, and come again',
    async run(tools) {
      const rooms = await tools.rooms(10);
      for (const { socket } of await tools.lines('tcp', rooms, 1))
        for (let n = 0; n < 40; n++) socket.write(publishPacket('a/b', Buffer.alloc(60_000, 65)));
      await new Promise((resolve) => setTimeout(resolve, 4000));
      tools.forever(100, async (n) => {
        const socket = await upgrade(tools.ports, rooms[n % 10]!.watchPath, tools.from);
        tools.count('sent');
        tools.keep(socket);
        await new Promise((resolve) => setTimeout(resolve, 100));
        socket.destroy();
      });
    },
  },
  {
    name: 'watch-unread',
    transport: 'watch',
    what: '100 viewers of 20 flooded rooms never read',
    async run(tools) {
      const rooms = await tools.rooms(20);
      await tools.viewers(rooms, 5, false);
      for (const line of await tools.lines('tcp', rooms, 5))
        tools.pourPacket(line, publishPacket('a/b', Buffer.alloc(1000, 65)));
    },
  },
  {
    name: 'watch-frozen',
    transport: 'watch',
    what: '900 lines of 50 rooms are frozen, and a megabyte sent to each',
    async run(tools) {
      const rooms = await tools.rooms(50);
      const lines = await tools.each(900, (n) =>
        tools.line('tcp', rooms[n % 50]!, { id: `f${Math.floor(n / 50)}` }),
      );
      for (const viewer of await tools.viewers(rooms, 1))
        for (let id = 0; id < 18; id++)
          viewer.ask({
            type: 'set-conditions',
            id,
            conditions: { client: `f${id}`, frozen: true },
          });
      for (const line of lines)
        tools.pourPacket(line, publishPacket('a/b', Buffer.alloc(30_000, 65)));
    },
  },
];

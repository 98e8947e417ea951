/** A room with two brokers; the bridge's connection is a line of the room, in its trace. */
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { Duplex } from 'readable-stream';
import { createBroker } from '../../../engine/builtin/index.ts';
import type { BrokerName } from '../../../protocol/exercise.ts';
import type { MosquittoVersion } from '../../../protocol/mosquitto.ts';
import { Room } from '../../../room/room.ts';
import { entriesOf } from '../../seen.ts';
import type { BridgedPair, TwoFiles, WireFrame } from './pair.ts';

export async function roomOfTwo(version: MosquittoVersion, files: TwoFiles): Promise<BridgedPair> {
  const room = new Room({ code: 'bridges', engine: createBroker, mosquitto: version });
  const there = Object.entries(files.cloud).map(([name, text]) => [`cloud/${name}`, text]);
  await room.reset({ ...files.house, ...Object.fromEntries(there) });
  const servers = {} as Record<BrokerName, Server>;
  const onOf = (broker: BrokerName) => (broker === 'cloud' ? broker : undefined);
  for (const broker of ['house', 'cloud'] as const) {
    const on = onOf(broker);
    const server = createServer({ noDelay: true }, (socket) => {
      const line = room.attach(socket as unknown as Duplex, {
        ...{ transport: 'tcp', role: 'outside', loopback: true },
        ...(on && { on }),
        target: { port: 1883, protocol: 'mqtt' },
      });
      if (typeof line === 'string') socket.destroy();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    servers[broker] = server;
  }
  return {
    reach: (broker) => ({ port: (servers[broker].address() as AddressInfo).port }),
    get wire() {
      const bridges = entriesOf(room, 'line-opened').filter(({ role }) => role === 'bridge');
      const lines = new Set(bridges.map(({ line }) => line));
      return entriesOf(room, 'packet')
        .filter(({ line, fate }) => lines.has(line) && fate === 'passed')
        .map(({ direction, bytes }): WireFrame => {
          const from = direction === 'to-broker' ? 'house' : 'cloud';
          return { from, bytes };
        });
    },
    own: (text) => text,
    cut: () => room.cut('house'),
    operate: (broker, deed) => room.operate(deed, undefined, { on: onOf(broker) }),
    log: (broker) =>
      entriesOf(room, 'log')
        .filter(({ on }) => on === onOf(broker))
        .map(({ text }) => text),
    async stop() {
      await room.close('stopping');
      await Promise.all(
        Object.values(servers).map((server) => new Promise((done) => server.close(done))),
      );
    },
  };
}

/** What a room has for the bridges of its brokers: the names of its machines, and lines between them. */
import type { Duplex } from 'readable-stream';
import type { Line } from '../../line/line.ts';
import { isLoopback, isNumericHost } from '../../mosquitto/conf/hosts.ts';
import type { BrokerName } from '../../protocol/exercise.ts';
import type { RoomOfBridges } from './room-of-bridges.ts';
import { memoryPair } from '../memory-pair.ts';
import { Crossings } from './crossings.ts';

/** What the bridges of a room share. */
export interface BridgesRoom {
  readonly crossings: Crossings;
  /** How many bridges a message may cross. */
  readonly most: number;
  /** A bridge's end of a fresh line, or the words of an error; `no name`: there is no such host. */
  dial(from: BrokerName, to: { host: string; port: number }): Duplex | string;
  /** The broker of a host's name. */
  brokerOf(from: BrokerName, host: string): BrokerName | undefined;
  /** A line's end is closed by the limit of crossings. */
  looped(socket: Duplex): void;
}

const known = new WeakMap<RoomOfBridges, BridgesRoom>();

export function bridgesOf(room: RoomOfBridges): BridgesRoom {
  const found = known.get(room) ?? made(room);
  known.set(room, found);
  return found;
}

function made({ most, hasCloud, attach }: RoomOfBridges): BridgesRoom {
  const lines = new WeakMap<Duplex, Line>();
  const brokerOf = (from: BrokerName, host: string): BrokerName | undefined => {
    if (isLoopback(host)) return from;
    return host === 'house' || (host === 'cloud' && hasCloud()) ? host : undefined;
  };
  return {
    crossings: new Crossings(),
    most,
    brokerOf,
    dial(from, { host, port }) {
      const to = brokerOf(from, host);
      if (to === undefined) return isNumericHost(host) ? 'Network is unreachable' : 'no name';
      const [client, server] = memoryPair();
      const near = isLoopback(host) && host !== 'localhost' ? { host } : {};
      const line = attach(server, {
        ...{ transport: 'memory', role: 'bridge', name: from },
        ...(to === 'cloud' && { on: to }),
        target: { port, protocol: 'mqtt', ...near },
      });
      if (typeof line === 'string') {
        server.destroy();
        return 'Broken pipe';
      }
      lines.set(client, line);
      return client;
    },
    looped: (socket) => lines.get(socket)?.evict('bridgeHops'),
  };
}

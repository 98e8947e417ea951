/** Two brokers with a bridge between them, of Mosquitto or of a room, as a script sees them. */
import mqttPacket, { type IPublishPacket, type Packet as AnyPacket } from 'mqtt-packet';
import type { ConfigFiles } from '../../../mosquitto/conf/problem.ts';
import type { BrokerName } from '../../../protocol/exercise.ts';
import type { Reach } from '../../open-stream.ts';
import type { ProcessDeed } from '../mosquitto.ts';

export type TwoFiles = Record<BrokerName, ConfigFiles>;

export interface BridgedPair {
  reach(broker: BrokerName): Reach;
  /** Every packet of the bridge's connections so far, in order. */
  readonly wire: readonly WireFrame[];
  /** A text of the wire or a log, with the names of the files for what stands for them. */
  own(text: string): string;
  /** As if its cable was pulled. */
  cut(): void;
  operate(broker: BrokerName, deed: ProcessDeed): Promise<void>;
  log(broker: BrokerName): string[];
  stop(): Promise<void>;
}

export interface WireFrame {
  from: BrokerName;
  bytes: Uint8Array;
}

/** How often the other broker has accepted the bridge. */
export const accepted = ({ wire }: BridgedPair): number =>
  wire.filter(({ bytes }) => bytes[0] === 0x20 && bytes[3] === 0).length;

/** A fresh topic of every case, which shows that all before it is there. */
export const barrier = 'barrier';

/** What one broker sent to the other, without pings and what only the script wants. */
export function described({ wire, own }: BridgedPair, from: BrokerName): string[] {
  const lines: string[] = [];
  // Each CONNECT begins a connection, which has a version, and aliases of each end.
  let version = 4;
  let aliases = new Map<string, string>();
  for (const frame of wire) {
    const packet = parsed(frame.bytes, version);
    if (!packet) continue;
    const { cmd, protocolVersion } = packet as { cmd: string; protocolVersion?: number };
    if (cmd === 'connect') {
      version = (protocolVersion ?? 4) & 0x7f;
      aliases = new Map();
    }
    if (packet.cmd === 'publish') resolve(packet, frame.from, aliases);
    if (frame.from === from && !/^ping/.test(cmd)) lines.push(own(wordsOf(packet)));
  }
  return lines.filter((line) => !line.includes(barrier));
}

function parsed(bytes: Uint8Array, version: number): AnyPacket | undefined {
  const parser = mqttPacket.parser({ protocolVersion: version });
  let found: AnyPacket | undefined;
  parser.on('packet', (packet: AnyPacket) => void (found = packet));
  parser.parse(Buffer.from(bytes));
  return found;
}

/** 2.1's bridges use topic aliases; a room's don't (`bridges-without-aliases`). */
function resolve(packet: IPublishPacket, from: BrokerName, aliases: Map<string, string>): void {
  const { topicAlias, ...others } = packet.properties ?? {};
  if (topicAlias === undefined) return;
  const key = `${from} ${topicAlias}`;
  if (packet.topic === '') packet.topic = aliases.get(key) ?? '';
  else aliases.set(key, packet.topic);
  if (Object.keys(others).length > 0) packet.properties = others;
  else delete packet.properties;
}

/**
 * A room has a limit on the size of packets; Mosquitto numbers a packet when it begins to wait, a room when
 * it sends it.
 */
const unlike = new Set([
  'maximumPacketSize',
  'receiveMaximum',
  'length',
  'messageId',
  'topicAliasMaximum',
]);

const wordsOf = (packet: AnyPacket): string =>
  JSON.stringify(packet, (key, value: unknown) => {
    if (unlike.has(key)) return undefined;
    const bytes = value as { type?: string; data?: number[] } | null;
    return bytes?.type === 'Buffer' ? Buffer.from(bytes.data ?? []).toString() : value;
  });

/** From a capture to the steps of a picture: sender, receiver and packet, in order. */
import { parsePacket } from '../../../sandbox/mqtt/packet.ts';
import type { Packet } from '../../../sandbox/protocol/mqtt.ts';
import type { ExchangeStep } from '../exchange.ts';
import { bytesOf, type Capture, type CapturedPacket } from './capture.ts';

export interface Choice {
  /** Names of the clients that stand in the two columns; others are left out. */
  publisher?: string;
  subscriber?: string;
  /** Only packets of these kinds. */
  only?: readonly string[];
  /** Leave out so many of what is left, from its beginning. */
  skip?: number;
  /** And show at most so many. */
  first?: number;
}

export const decoded = (packet: CapturedPacket): Packet => {
  const parsed = parsePacket(bytesOf(packet), packet.version, packet.direction);
  if ('kind' in parsed) return parsed;
  throw new Error(`a capture holds bytes that are no packet: ${packet.bytes.slice(0, 40)}`);
};

const clientsOf = ({ packets }: Capture): string[] => [
  ...new Set(packets.map(({ client }) => client)),
];

/** Throws if a name is not a client of the capture, or nothing is left to show. */
export function stepsOf(capture: Capture, choice: Choice): ExchangeStep[] {
  const { publisher, subscriber, only, skip = 0, first = Infinity } = choice;
  const clients = clientsOf(capture);
  for (const name of [publisher, subscriber]) {
    if (name === undefined || clients.includes(name)) continue;
    throw new Error(
      `<Exchange>: no client "${name}" in this capture; it has ${clients.join(', ')}`,
    );
  }
  const steps = capture.packets.flatMap((packet): ExchangeStep[] => {
    const column =
      packet.client === publisher ? 'publisher' : packet.client === subscriber && 'subscriber';
    if (!column) return [];
    const what = decoded(packet);
    if (only && !only.includes(what.kind)) return [];
    const [from, to] =
      packet.direction === 'to-broker'
        ? ([column, 'broker'] as const)
        : (['broker', column] as const);
    const detail = detailOf(what);
    return [
      { from, to, kind: what.kind, ...(detail && { detail }), ...(packet.lost && { lost: true }) },
    ];
  });
  const shown = steps.slice(skip, skip + first);
  if (shown.length === 0) throw new Error('<Exchange>: nothing of this capture is left to show');
  return shown;
}

/** The text beside a packet's name: flags have MQTT's names, the same in each language. */
function detailOf(packet: Packet): string {
  const id = 'packetId' in packet && packet.packetId !== undefined ? ` #${packet.packetId}` : '';
  switch (packet.kind) {
    case 'CONNECT':
      return MADE_UP.test(packet.clientId) ? '' : packet.clientId;
    case 'CONNACK':
      return `${packet.reasonCode}${packet.sessionPresent ? ', Session Present' : ''}`;
    case 'PUBLISH': {
      const flags = [
        packet.qos > 0 && `QoS ${packet.qos}${id}`,
        packet.dup && 'DUP',
        packet.retain && 'RETAIN',
      ];
      return [packet.topic, ...flags.filter(Boolean)].join(', ');
    }
    case 'SUBSCRIBE':
      return packet.subscriptions
        .map(({ filter, qos }) => (qos > 0 ? `${filter}, QoS ${qos}` : filter))
        .join('; ');
    case 'SUBACK':
      return packet.reasonCodes.map((code) => (code < 128 ? code : hex(code))).join(' ');
    case 'UNSUBSCRIBE':
      return packet.filters.join('; ');
    case 'PUBACK':
    case 'PUBREC':
    case 'PUBREL':
    case 'PUBCOMP':
      return `${id.trim()}${packet.reasonCode ? ` ${hex(packet.reasonCode)}` : ''}`;
    case 'DISCONNECT':
      return packet.reasonCode ? hex(packet.reasonCode) : '';
    default:
      return '';
  }
}

/** MQTT.js's own ids, and what brokers give to clients without one: no program chose them. */
const MADE_UP = /^(mqttjs_|auto-|aedes_|$)/;

const hex = (code: number) => `0x${code.toString(16).toUpperCase().padStart(2, '0')}`;

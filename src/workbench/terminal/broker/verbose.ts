/**
 * What `mosquitto -v` says of each packet beside its log (src/handle_*.c, lib/send_*.c, src/subs.c): made
 * from the trace, whose packets are those that the broker got and sent.
 */
import { isViolation, parseAccepted } from '../../../../sandbox/mqtt/packet.ts';
import type { ConnectPacket, Packet, PublishPacket } from '../../../../sandbox/protocol/mqtt.ts';
import type { TraceEntry } from '../../../../sandbox/protocol/trace.ts';

interface Client {
  id: string;
  connect: ConnectPacket;
}

/** Lines of log of type debug and subscribe, entry by entry. */
export class VerboseLog {
  /** By the number of their line. */
  readonly #clients = new Map<number, Client>();

  linesOf(entry: TraceEntry): string[] {
    if (entry.type === 'log') {
      // An identifier that the broker has chosen is said there.
      const [, line, id] = / line (\d+) as (.*) \(p\d, c\d, k\d+/.exec(entry.text) ?? [];
      const client = this.#clients.get(Number(line));
      if (client && id !== undefined) client.id = id;
    }
    if (entry.type === 'line-closed') this.#clients.delete(entry.line);
    if (entry.type !== 'packet' || entry.fate === 'dropped' || entry.fate === 'refused') return [];
    const packet = parseAccepted(entry.bytes, entry.version);
    if (isViolation(packet)) return [];
    if (packet.kind === 'CONNECT') {
      this.#clients.set(entry.line, { id: packet.clientId, connect: packet });
      return [];
    }
    const client = this.#clients.get(entry.line);
    if (!client) return [];
    return entry.direction === 'to-broker' ? received(packet, client.id) : sent(packet, client);
  }
}

const bit = (flag: boolean): number => (flag ? 1 : 0);
const about = ({ dup, qos, retain, packetId = 0, topic, payload }: PublishPacket): string =>
  `(d${bit(dup)}, q${qos}, r${bit(retain)}, m${packetId}, '${topic}', ... (${payload.length} bytes))`;

function received(packet: Packet, id: string): string[] {
  const head = `Received ${packet.kind} from ${id}`;
  switch (packet.kind) {
    case 'PUBLISH':
      return [`${head} ${about(packet)}`];
    case 'SUBSCRIBE':
      return [
        head,
        ...packet.subscriptions.flatMap(({ filter, qos }) => [
          `\t${filter} (QoS ${qos})`,
          `${id} ${qos} ${filter}`,
        ]),
      ];
    case 'UNSUBSCRIBE':
      return [head, ...packet.filters.flatMap((filter) => [`\t${filter}`, `${id} ${filter}`])];
    case 'PUBREC':
    case 'PUBREL':
      return [`${head} (Mid: ${packet.packetId})`];
    case 'PUBACK':
    case 'PUBCOMP':
      return [`${head} (Mid: ${packet.packetId}, RC:${packet.reasonCode})`];
    default:
      return [head];
  }
}

function sent(packet: Packet, { id, connect: { will } }: Client): string[] {
  const head = `Sending ${packet.kind} to ${id}`;
  switch (packet.kind) {
    case 'CONNACK': {
      const said = `${head} (${bit(packet.sessionPresent)}, ${packet.reasonCode})`;
      if (packet.reasonCode !== 0) return [said];
      const flags = will && `(r${bit(will.retain)}, q${will.qos})`;
      return will
        ? [
            `Will message specified (${will.payload.length} bytes) ${flags}.`,
            `\t${will.topic}`,
            said,
          ]
        : ['No will message specified.', said];
    }
    case 'PUBLISH':
      return [`${head} ${about(packet)}`];
    case 'PUBACK':
    case 'PUBREC':
      return [`${head} (m${packet.packetId}, rc${packet.reasonCode})`];
    case 'PUBREL':
    case 'PUBCOMP':
      return [`${head} (m${packet.packetId})`];
    default:
      return [head];
  }
}

/** Which limit of the sandbox a packet exceeds: a pure decision, after the gate has parsed it. */
import type { LimitName, LimitValues } from '../shared/config.ts';
import type { Packet } from '../protocol/mqtt.ts';

export interface Exceeded {
  limit: LimitName;
  /** The MQTT 5.0 reason code that the client receives (section 2.4). */
  reasonCode: number;
  /** MQTT 3.1.1 return code, if the packet is a CONNECT (section 3.2.2.3). */
  returnCode?: number;
}

const utf8Length = (text: string): number => {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // A surrogate pair is four bytes: two for each half.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return bytes;
};

const levelsOf = (topic: string): number => {
  let levels = 1;
  for (let at = topic.indexOf('/'); at >= 0; at = topic.indexOf('/', at + 1)) levels++;
  return levels;
};

function topicExceeds(topic: string, limits: LimitValues, reasonCode: number): Exceeded | null {
  // Cheap first: a string of n units has at most 3 n bytes.
  if (topic.length * 3 > limits.topicBytes && utf8Length(topic) > limits.topicBytes)
    return { limit: 'topicBytes', reasonCode };
  if (levelsOf(topic) > limits.topicLevels) return { limit: 'topicLevels', reasonCode };
  return null;
}

/** This many user properties count as one packet. */
const propertiesPerPacket = 16;

/** How many packets it counts as: each filter counts, and every 16 user properties. */
export function weightOf(packet: Packet): number {
  if (packet.kind === 'SUBSCRIBE') return packet.subscriptions.length;
  if (packet.kind === 'UNSUBSCRIBE') return packet.filters.length;
  const pairs = packet.kind === 'PUBLISH' && packet.properties?.userProperties?.length;
  return pairs ? 1 + Math.floor(pairs / propertiesPerPacket) : 1;
}

/** 0x90 topic name invalid, 0x8F topic filter invalid, 0x85 client identifier not valid. */
export function exceeds(packet: Packet, limits: LimitValues): Exceeded | null {
  switch (packet.kind) {
    case 'PUBLISH':
      return topicExceeds(packet.topic, limits, 0x90);
    case 'SUBSCRIBE': {
      for (const { filter } of packet.subscriptions) {
        const found = topicExceeds(filter, limits, 0x8f);
        if (found) return found;
      }
      return packet.subscriptions.length > limits.filtersPerSubscribe
        ? { limit: 'filtersPerSubscribe', reasonCode: 0x97 }
        : null;
    }
    case 'UNSUBSCRIBE':
      // No client has more to unsubscribe.
      return packet.filters.length > limits.subscriptionsPerClient
        ? { limit: 'subscriptionsPerClient', reasonCode: 0x97 }
        : null;
    case 'CONNECT': {
      if (utf8Length(packet.clientId) > limits.clientIdBytes)
        return { limit: 'clientIdBytes', reasonCode: 0x85, returnCode: 2 };
      const found = packet.will && topicExceeds(packet.will.topic, limits, 0x90);
      return found ? { ...found, returnCode: 3 } : null;
    }
    default:
      return null;
  }
}

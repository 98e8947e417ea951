import type { PublishPacket } from '../../../sandbox/protocol/mqtt.ts';
import type { PacketEntry } from '../../../sandbox/protocol/trace.ts';
import { readPacket } from './clients.ts';

/** True if the entry's bytes begin like a PUBLISH: cheaper than parsing it. */
export const isPublish = ({ bytes }: PacketEntry): boolean => bytes[0]! >> 4 === 3;

/** True if its receiver has received it. */
export const arrived = ({ fate }: PacketEntry): boolean =>
  fate === 'passed' || fate === 'delayed' || fate === 'duplicated';

/** Restores the topic if a 5.0 client or the broker sent an alias instead (section 3.3.2.3.4). */
export class TopicAliases {
  readonly #topics = new Map<string, string>();

  /** Must be called for each PUBLISH in order. Undefined if the bytes are none. */
  read(entry: PacketEntry): PublishPacket | undefined {
    const packet = readPacket(entry);
    if (packet?.kind !== 'PUBLISH') return undefined;
    const alias = packet.properties?.topicAlias;
    if (alias === undefined) return packet;
    // An alias belongs to one connection and one direction ([MQTT-3.3.2-7]).
    const key = `${entry.line} ${entry.direction} ${alias}`;
    if (packet.topic !== '') this.#topics.set(key, packet.topic);
    else return { ...packet, topic: this.#topics.get(key) ?? '' };
    return packet;
  }
  clear(): void {
    this.#topics.clear();
  }
}

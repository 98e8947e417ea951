import type { PublishPacket } from '../../../sandbox/protocol/mqtt.ts';
import type { PacketEntry } from '../../../sandbox/protocol/trace.ts';
import { readPacket } from './clients.ts';

/** True where the entry's bytes begin as a PUBLISH does: cheaper than reading it. */
export const isPublish = ({ bytes }: PacketEntry): boolean => bytes[0]! >> 4 === 3;

/** True where whoever it was for has got it. */
export const arrived = ({ fate }: PacketEntry): boolean =>
  fate === 'passed' || fate === 'delayed' || fate === 'duplicated';

/** Puts topics back where a 5.0 client or the broker sent an alias instead (section 3.3.2.3.4). */
export class TopicAliases {
  readonly #topics = new Map<string, string>();

  /** Has to be asked for each PUBLISH in its order. Undefined where the bytes are none. */
  read(entry: PacketEntry): PublishPacket | undefined {
    const packet = readPacket(entry);
    if (packet?.kind !== 'PUBLISH') return undefined;
    const alias = packet.properties?.topicAlias;
    if (alias === undefined) return packet;
    // An alias is of one connection and one direction ([MQTT-3.3.2-7]).
    const key = `${entry.line} ${entry.direction} ${alias}`;
    if (packet.topic !== '') this.#topics.set(key, packet.topic);
    else return { ...packet, topic: this.#topics.get(key) ?? '' };
    return packet;
  }
  clear(): void {
    this.#topics.clear();
  }
}

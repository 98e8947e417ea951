/** The topic aliases that a client has set on one connection (5.0 section 3.3.2.3.4). */
import type { PublishPacket } from '../protocol/mqtt.ts';
import type { RuleId } from '../mqtt/rules/index.ts';

export class InboundAliases {
  readonly #known = new Map<number, string>();

  /** Which rule a PUBLISH breaks, or null; remembers the alias that it sets. */
  judge({ topic, properties }: PublishPacket, maximum: number): RuleId | null {
    const alias = properties?.topicAlias;
    if (alias === undefined) return null;
    if (alias > maximum) return 'topic-alias-too-high'; // [MQTT-3.3.2-9]
    if (topic === '') return this.#known.has(alias) ? null : 'topic-alias-unknown';
    this.#known.set(alias, topic);
    return null;
  }

  /** The topic that an alias stands for on this connection. */
  topicOf(alias: number): string | undefined {
    return this.#known.get(alias);
  }
}

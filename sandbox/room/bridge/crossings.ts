/**
 * How often a message has crossed bridges. Nothing on the wire says so: what came over a bridge and
 * goes over the next is known again by its topic and payload, as long as it is among the last ones.
 */
import type { PassingMessage } from '../../engine/broker.ts';

const remembered = 500;

export class Crossings {
  /** Client ids that bridges have, at the broker that knows them. */
  readonly #bridges = new Set<string>();
  readonly #counts = new Map<string, number>();

  bridge(broker: string, clientId: string): void {
    this.#bridges.add(`${broker}\n${clientId}`);
  }

  /**
   * A message goes from one broker to the other, as `topic`. Returns how often it has by now. A bridge that
   * has subscribed at the other broker does not learn the publisher.
   */
  pass(from: string, to: string, message: PassingMessage, topic: string): number {
    const { publisher, payload } = message;
    const isOfBridge = publisher === undefined || this.#bridges.has(`${from}\n${publisher}`);
    const mark = markOf(payload);
    const before = isOfBridge ? (this.#counts.get(`${from}\n${message.topic}\n${mark}`) ?? 0) : 0;
    const key = `${to}\n${topic}\n${mark}`;
    this.#counts.delete(key);
    this.#counts.set(key, before + 1);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > remembered && oldest !== undefined) this.#counts.delete(oldest);
    return before + 1;
  }
}

/** FNV-1a, and the length. */
function markOf(payload: Uint8Array): string {
  let hash = 0x811c_9dc5;
  for (const byte of payload) hash = Math.imul(hash ^ byte, 0x0100_0193);
  return `${payload.length} ${hash >>> 0}`;
}

/** A room's retained messages: the last one of each topic ([MQTT-3.3.1-5]). */
import { hasExpired, keepApart, sizeOf, type Message } from './message.ts';
import { matches } from '../../mqtt/topic-match.ts';

export interface RetainedLimits {
  retainedTopics: number;
  retainedBytes: number;
}

export class RetainedStore {
  readonly #messages = new Map<string, Message>();
  readonly #limits: RetainedLimits;
  #bytes = 0;

  constructor(limits: RetainedLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#messages.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The limit that keeping this would break, or null. */
  wouldBreak(message: Message): keyof RetainedLimits | null {
    if (message.payload.length === 0) return null;
    const old = this.#messages.get(message.topic);
    if (!old && this.#messages.size >= this.#limits.retainedTopics) return 'retainedTopics';
    const after = this.#bytes - (old ? sizeOf(old) : 0) + sizeOf(message);
    return after > this.#limits.retainedBytes ? 'retainedBytes' : null;
  }

  /**
   * An empty payload removes the retained message (3.1.1 [MQTT-3.3.1-10], [MQTT-3.3.1-11]; 5.0
   * [MQTT-3.3.1-6], [MQTT-3.3.1-7]).
   */
  set(message: Message): void {
    this.delete(message.topic);
    if (message.payload.length === 0) return;
    keepApart(message);
    this.#messages.set(message.topic, message);
    this.#bytes += sizeOf(message);
  }

  delete(topic: string): boolean {
    const old = this.#messages.get(topic);
    if (!old) return false;
    this.#bytes -= sizeOf(old);
    return this.#messages.delete(topic);
  }

  /** All that are still alive. */
  *all(): Generator<Message> {
    const now = Date.now();
    for (const message of this.#messages.values()) {
      if (hasExpired(message, now)) this.delete(message.topic);
      else yield message;
    }
  }

  *matching(filter: string): Generator<Message> {
    if (!/[+#]/.test(filter)) {
      const message = this.#messages.get(filter);
      if (message && !hasExpired(message)) yield message;
      return;
    }
    for (const message of this.all()) if (matches(filter, message.topic)) yield message;
  }
}

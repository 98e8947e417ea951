import type { BrokerState } from '../../../sandbox/protocol/state.ts';
import type { Message } from './session.ts';

/** Retained messages: the last one of each topic ([MQTT-3.3.1-5]). */
export class RebuiltRetained {
  readonly #messages = new Map<string, Message>();

  /** An empty payload removes the message ([MQTT-3.3.1-6], [MQTT-3.3.1-7]). */
  set(message: Message): void {
    this.#messages.delete(message.topic);
    if (message.payload.length > 0) this.#messages.set(message.topic, message);
  }
  delete(topic: string): void {
    this.#messages.delete(topic);
  }
  copy(): RebuiltRetained {
    const copy = new RebuiltRetained();
    for (const message of this.#messages.values()) copy.set(message);
    return copy;
  }
  expire(at: number): void {
    for (const [topic, { expiresAt }] of this.#messages) {
      if (expiresAt !== undefined && expiresAt <= at) this.#messages.delete(topic);
    }
  }
  /** By topic: since when the broker keeps it, in milliseconds of the room's clock. */
  get since(): ReadonlyMap<string, number> {
    return new Map([...this.#messages.values()].map(({ topic, at }) => [topic, at]));
  }
  get state(): BrokerState['retained'] {
    return [...this.#messages.values()].map(({ topic, payload, qos }) => ({ topic, payload, qos }));
  }
}

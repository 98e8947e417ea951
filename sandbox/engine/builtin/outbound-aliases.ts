/** Topic aliases that the broker sets on one connection (MQTT 5.0, section 3.3.2.3.4). */
export class OutboundAliases {
  readonly #numbers = new Map<string, number>();
  readonly #maximum: number;

  /** `maximum`: the client's Topic Alias Maximum, which is never exceeded ([MQTT-3.1.2-26]). */
  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  /** The topic's alias, or the next free one, which the client does not know yet. */
  find(topic: string): { number: number; known: boolean } | null {
    const number = this.#numbers.get(topic);
    if (number) return { number, known: true };
    // The first topics keep their aliases: replacing them would help only a broker with few topics.
    if (this.#numbers.size >= this.#maximum) return null;
    return { number: this.#numbers.size + 1, known: false };
  }

  /** The PUBLISH that sets the alias has been sent. */
  learn(topic: string): void {
    this.#numbers.set(topic, this.#numbers.size + 1);
  }
}

import type { LinkConditions } from '../../../sandbox/protocol/faults.ts';

/**
 * What the learner has laid on the lines of clients, as the room was told. The room replaces the
 * whole of it with each request, so whoever changes one part has to send the others again.
 */
export class LineConditions {
  /** What the room has taken. */
  #of = new Map<string, LinkConditions>();
  /** What it was told last: one change may follow another before the room has answered. */
  #told = new Map<string, LinkConditions>();
  readonly #listeners = new Set<() => void>();

  of(client: string): LinkConditions {
    return this.#of.get(client) ?? { client };
  }
  /** The whole of what the room has to be told. Call `took` when it has taken it, else `refused`. */
  changed(change: LinkConditions): LinkConditions {
    const { client } = change;
    const weather = { ...(this.#told.get(client) ?? this.of(client)), ...change };
    this.#told.set(client, weather);
    return weather;
  }
  took(weather: LinkConditions): void {
    this.#of.set(weather.client, weather);
    this.#tell();
  }
  refused({ client }: LinkConditions): void {
    this.#told.delete(client);
  }
  /** A reset clears the weather of a room. */
  clear(): void {
    this.#told.clear();
    if (this.#of.size === 0) return;
    this.#of.clear();
    this.#tell();
  }
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

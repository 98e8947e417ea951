import type { LinkConditions } from '../../../sandbox/protocol/faults.ts';
import { Emitter } from '../store/emitter.ts';
import type { PresetName } from './line-presets.ts';
import type { Room } from './room.ts';

/**
 * Network conditions that the learner has set on the lines of clients. The room replaces all
 * conditions of a client with each request, so a change of one has to send the others again.
 */
export class LineConditions {
  readonly #room: Pick<Room, 'setConditions'>;
  /** As the room has confirmed them. */
  readonly #confirmed = new Map<string, LinkConditions>();
  /** As they were last sent: one change may follow another before the room has responded. */
  readonly #sent = new Map<string, LinkConditions>();
  readonly #presets = new Map<string, PresetName>();
  readonly #changes = new Emitter();

  constructor(room: Pick<Room, 'setConditions' | 'subscribe'>) {
    this.#room = room;
    room.subscribe(({ type }) => type === 'reset' && this.#clear());
  }

  /** What is on a client's line now. Empty after a reset. */
  of(client: string): LinkConditions {
    return this.#confirmed.get(client) ?? { client };
  }
  /** The preset that the conditions on a client's line are; undefined if they are of no name. */
  presetOf(client: string): PresetName | undefined {
    return this.#presets.get(client);
  }
  /**
   * Changes only what is given; `frozen: false` thaws. Rejects as the room's request does.
   * @param preset the name of what is then on the line
   */
  async change(change: LinkConditions, preset?: PresetName): Promise<void> {
    const { client } = change;
    const conditions = { ...(this.#sent.get(client) ?? this.of(client)), ...change };
    this.#sent.set(client, conditions);
    try {
      await this.#room.setConditions(conditions);
    } catch (error) {
      this.#sent.delete(client);
      throw error;
    }
    this.#confirmed.set(client, conditions);
    if (preset) this.#presets.set(client, preset);
    else this.#presets.delete(client);
    this.#changes.emit();
  }
  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** A reset clears all conditions of a room. */
  #clear(): void {
    this.#sent.clear();
    this.#presets.clear();
    if (this.#confirmed.size === 0) return;
    this.#confirmed.clear();
    this.#changes.emit();
  }
}

/** The faults of one room: rules that strike once, and the weather of each client's line. */
import { SandboxError } from '../shared/errors.ts';
import {
  arm,
  decide,
  withConditions,
  type ArmedFault,
  type Decision,
  type Passing,
} from '../line/faults.ts';
import type { FaultRule, LinkConditions } from '../protocol/faults.ts';

export class RoomFaults {
  /** Null while nothing is armed: then a packet isn't even asked about. */
  decide: ((passing: Passing) => Decision) | null = null;
  #armed: ArmedFault[] = [];
  /** Those of `#armed` that the exercise came with. */
  #scene: ReadonlySet<ArmedFault> = new Set();
  readonly #weather = new Map<string, LinkConditions>();
  readonly #most: number;
  readonly #random: () => number;

  /** @param most rules, and clients with a weather, at once */
  constructor(most: number, random: () => number = Math.random) {
    this.#most = most;
    this.#random = random;
  }

  reset(rules: readonly FaultRule[] = []): void {
    this.#weather.clear();
    this.#armed = arm(rules);
    this.#scene = new Set(this.#armed);
    this.#changed();
  }

  /** @param replace in the place of those armed before; the scene's stay */
  arm(rules: readonly FaultRule[], replace = false): void {
    const live = this.#armed.filter(
      (fault) => fault.struck < (fault.rule.times ?? 1) && (!replace || this.#scene.has(fault)),
    );
    if (live.length + rules.length > this.#most) throw new SandboxError('too-many-faults');
    this.#armed = [...live, ...arm(rules)];
    this.#changed();
  }

  setConditions(weather: LinkConditions): void {
    const { client, frozen, loss, latencyMs } = weather;
    if (!frozen && !loss && !latencyMs) this.#weather.delete(client);
    else if (this.#weather.size >= this.#most && !this.#weather.has(client))
      throw new SandboxError('too-many-faults');
    else this.#weather.set(client, weather);
    this.#changed();
  }

  /** By device or actor name first, then by client id. */
  conditionsOf({ name, clientId }: Pick<Passing, 'name' | 'clientId'>): LinkConditions | undefined {
    return (
      (name === undefined ? undefined : this.#weather.get(name)) ??
      (clientId === undefined ? undefined : this.#weather.get(clientId))
    );
  }

  #changed(): void {
    const none = this.#armed.length === 0 && this.#weather.size === 0;
    this.decide = none ? null : (passing) => this.#decide(passing);
  }

  #decide(passing: Passing): Decision {
    const decision = decide(this.#armed, passing);
    if (decision.do !== 'pass') return decision;
    const weather = this.conditionsOf(passing);
    return weather ? withConditions(weather, this.#random()) : decision;
  }
}

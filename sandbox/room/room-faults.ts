/** The faults of one room: rules that apply once, and the link conditions of each client. */
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
  /** Null while no fault is armed: then it is not called for each packet. */
  decide: ((passing: Passing) => Decision) | null = null;
  #armed: ArmedFault[] = [];
  /** Those of `#armed` that the exercise came with. */
  #scene: ReadonlySet<ArmedFault> = new Set();
  readonly #conditions = new Map<string, LinkConditions>();
  readonly #most: number;
  readonly #random: () => number;

  /** @param most rules, and clients with link conditions, at once */
  constructor(most: number, random: () => number = Math.random) {
    this.#most = most;
    this.#random = random;
  }

  reset(rules: readonly FaultRule[] = []): void {
    this.#conditions.clear();
    this.#armed = arm(rules);
    this.#scene = new Set(this.#armed);
    this.#changed();
  }

  /** @param replace instead of the rules armed before; the scene's rules stay */
  arm(rules: readonly FaultRule[], replace = false): void {
    const live = this.#armed.filter(
      (fault) => fault.struck < (fault.rule.times ?? 1) && (!replace || this.#scene.has(fault)),
    );
    if (live.length + rules.length > this.#most) throw new SandboxError('too-many-faults');
    this.#armed = [...live, ...arm(rules)];
    this.#changed();
  }

  setConditions(conditions: LinkConditions): void {
    const { client, frozen, loss, latencyMs, jitterMs } = conditions;
    if (!frozen && !loss && !latencyMs && !jitterMs) this.#conditions.delete(client);
    else if (this.#conditions.size >= this.#most && !this.#conditions.has(client))
      throw new SandboxError('too-many-faults');
    else this.#conditions.set(client, conditions);
    this.#changed();
  }

  /** By device or actor name first, then by client id. */
  conditionsOf({ name, clientId }: Pick<Passing, 'name' | 'clientId'>): LinkConditions | undefined {
    return (
      (name === undefined ? undefined : this.#conditions.get(name)) ??
      (clientId === undefined ? undefined : this.#conditions.get(clientId))
    );
  }

  #changed(): void {
    const none = this.#armed.length === 0 && this.#conditions.size === 0;
    this.decide = none ? null : (passing) => this.#decide(passing);
  }

  #decide(passing: Passing): Decision {
    const decision = decide(this.#armed, passing);
    if (decision.do !== 'pass') return decision;
    const conditions = this.conditionsOf(passing);
    return conditions ? withConditions(conditions, this.#random) : decision;
  }
}

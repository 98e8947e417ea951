/** Decides what a fault does to a packet: a pure decision from rules and their counts. */
import type { FaultAction, FaultRule, LinkConditions } from '../protocol/faults.ts';
import type { Direction, PacketKind } from '../protocol/mqtt.ts';

/** A rule with the number of packets that matched it and that it was applied to. */
export interface ArmedFault {
  rule: FaultRule;
  seen: number;
  struck: number;
}

/** Whom a packet belongs to: a rule names any of these. */
export interface Passing {
  direction: Direction;
  kind: PacketKind;
  /** Device or actor name. */
  name?: string | undefined;
  clientId?: string | undefined;
}

export type Decision = { do: 'pass' } | FaultAction;

export const arm = (rules: readonly FaultRule[]): ArmedFault[] =>
  rules.map((rule) => ({ rule, seen: 0, struck: 0 }));

const concerns = (rule: FaultRule, packet: Passing): boolean =>
  rule.direction === packet.direction &&
  (rule.kind === undefined || rule.kind === packet.kind) &&
  (rule.client === undefined || rule.client === packet.name || rule.client === packet.clientId);

/**
 * The first rule that concerns the packet and is not used up decides; every rule that concerns it
 * counts it. Changes the counts of `armed`, nothing else.
 */
export function decide(armed: readonly ArmedFault[], packet: Passing): Decision {
  let decision: Decision = { do: 'pass' };
  for (const fault of armed) {
    if (!concerns(fault.rule, packet)) continue;
    fault.seen++;
    const due = fault.seen > (fault.rule.after ?? 0) && fault.struck < (fault.rule.times ?? 1);
    if (!due || decision.do !== 'pass') continue;
    fault.struck++;
    decision = fault.rule.action;
  }
  return decision;
}

/** What the link conditions of a client do to one packet; each call of `random` returns 0 … 1. */
export function withConditions(conditions: LinkConditions, random: () => number): Decision {
  const { frozen, loss, latencyMs = 0, jitterMs = 0 } = conditions;
  if (frozen) return { do: 'freeze' };
  if (loss && random() < loss) return { do: 'drop' };
  if (latencyMs === 0 && jitterMs === 0) return { do: 'pass' };
  return { do: 'delay', ms: latencyMs + (jitterMs > 0 ? Math.round(random() * jitterMs) : 0) };
}

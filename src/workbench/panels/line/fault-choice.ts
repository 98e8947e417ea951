/** The fault that a learner arms: for the next packet of a kind and direction. Pure. */
import type { FaultAction, FaultRule } from '../../../../sandbox/protocol/faults.ts';
import type { Direction, PacketKind } from '../../../../sandbox/protocol/mqtt.ts';

export type ActionName = FaultAction['do'];
/** In the order of the choice: what people look for first, first. */
export const actions: readonly ActionName[] = [
  'drop-and-cut', 'drop', 'delay', 'duplicate', 'cut',
]; // prettier-ignore

const both: readonly PacketKind[] = ['PUBLISH', 'PUBACK', 'PUBREC', 'PUBREL', 'PUBCOMP'];
/** Which packets go which way (MQTT 5.0, table 2-1). */
export const kindsOf: Record<Direction, readonly PacketKind[]> = {
  'to-broker': [...both, 'CONNECT', 'SUBSCRIBE', 'UNSUBSCRIBE', 'PINGREQ', 'DISCONNECT'],
  'to-client': [...both, 'CONNACK', 'SUBACK', 'UNSUBACK', 'PINGRESP', 'DISCONNECT'],
};

export interface FaultChoice {
  /** Device or actor name, or client id. */
  client: string;
  direction: Direction;
  /** '' for any packet. */
  kind: PacketKind | '';
  /** How many of them pass first. */
  after: number;
  action: ActionName;
  /** For a delay. */
  ms: number;
}
/** The choice as the form has it; the client is chosen for the whole panel. */
export type FaultDraft = Omit<FaultChoice, 'client'>;
export const firstDraft: FaultDraft = {
  ...{ direction: 'to-client', kind: 'PUBACK', after: 0 },
  ...{ action: 'drop-and-cut', ms: 1_000 },
};

/** A kind that never goes in the new direction gives way to the first one that does. */
export function changedDraft(draft: FaultDraft, change: Partial<FaultDraft>): FaultDraft {
  const changed = { ...draft, ...change };
  const kinds = kindsOf[changed.direction];
  if (changed.kind === '' || kinds.includes(changed.kind)) return changed;
  return { ...changed, kind: kinds[0]! };
}

/** The sandbox's own bound of a delay is a minute; waiting longer than this teaches nothing. */
export const mostDelayMs = 10_000;
export const mostAfter = 100;

export function faultRuleOf(choice: FaultChoice): FaultRule {
  const { client, direction, kind, action } = choice;
  const ms = whole(choice.ms, mostDelayMs);
  const after = whole(choice.after, mostAfter);
  return {
    client,
    direction,
    action: action === 'delay' ? { do: 'delay', ms } : { do: action },
    // A kind that never goes this way would wait forever.
    ...(kind !== '' && kindsOf[direction].includes(kind) && { kind }),
    ...(after > 0 && { after }),
  };
}

const whole = (value: number, most: number): number =>
  Number.isFinite(value) ? Math.min(most, Math.max(0, Math.round(value))) : 0;

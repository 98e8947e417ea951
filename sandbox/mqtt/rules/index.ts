/**
 * The rules that the gate enforces. The texts that a learner reads are in the language files
 * (`rule.<id>`).
 */
import type { MqttVersion } from '../../protocol/mqtt.ts';
import type { Rule } from './rule.ts';
import { exchangeRules } from './exchange.ts';
import { formatRules } from './format.ts';

/** Why a frame is refused: the same object for each case of one rule in one version. */
export interface Violation {
  /** Key of the language files, `rule.<rule>`. */
  readonly rule: RuleId;
  /** Normative statement (`MQTT-3.3.2-2`) or section (`section 2.2.3`) of the client's version. */
  readonly statement: string;
  /** MQTT 5.0 reason code, for DISCONNECT or CONNACK; the trace has it for every version. */
  readonly reasonCode: number;
}

const RULES = { ...formatRules, ...exchangeRules };

export type RuleId = keyof typeof RULES;
/** Every rule's id, in the order of this file. */
export const ruleIds = Object.keys(RULES) as RuleId[];
/** The rule behind a violation. */
export const ruleOf = (id: RuleId): Readonly<Rule> => RULES[id];

// Built once: a flood of bad frames allocates nothing here, and results compare by identity.
const build = (index: 0 | 1) =>
  Object.fromEntries(
    ruleIds.map((id) => {
      const { statements, code } = RULES[id];
      return [id, Object.freeze({ rule: id, statement: statements[index], reasonCode: code })];
    }),
  ) as Record<RuleId, Violation>;
const V4 = build(0);
const V5 = build(1);

/** The violation of a rule as this version of MQTT states it. */
export const violation = (id: RuleId, version: MqttVersion): Violation =>
  version === 5 ? V5[id] : V4[id];

/** True for what `parsePacket` and the gate return instead of a packet. */
export const isViolation = (result: object): result is Violation => 'rule' in result;

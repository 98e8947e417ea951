/**
 * What the gate refuses on the wire: one entry a rule. The words that a learner reads are in the
 * language files (`rule.<id>`); `reason` is what a 5.0 client gets as its reason string.
 */
import type { MqttVersion } from './protocol.ts';

/** Why a frame is refused: the same object for each case of one rule in one version. */
export interface Violation {
  /** Key of the language files, `rule.<rule>`. */
  readonly rule: RuleId;
  /** Normative statement (`MQTT-3.3.2-2`) or section (`section 2.2.3`) of the client's version. */
  readonly statement: string;
  /** MQTT 5.0 reason code, for DISCONNECT or CONNACK; the trace has it for every version. */
  readonly reasonCode: number;
}

interface Rule {
  /** Statement or section of MQTT 3.1.1, also shown for 3.1, which numbers none. */
  v4: string;
  /** Statement or section of MQTT 5.0. */
  v5: string;
  /** MQTT 5.0 reason code. */
  code: number;
  /** CONNACK return code where 3.1.1 names one; for every other rule the line is just closed. */
  returnCode?: 1 | 2;
  /** Reason string of a 5.0 DISCONNECT or CONNACK; English, as brokers speak. */
  reason: string;
}

const MALFORMED = 0x81;
const PROTOCOL_ERROR = 0x82;

const RULES = {
  // ── The frame ──
  'reserved-type': {
    v4: 'section 2.2.1',
    v5: 'section 2.1.2',
    code: PROTOCOL_ERROR,
    reason: 'Packet type 0 is reserved',
  },
  'remaining-length': {
    v4: 'section 2.2.3',
    v5: 'section 1.5.5',
    code: MALFORMED,
    reason: 'The remaining length takes at most four bytes',
  },
  'length-not-minimal': {
    v4: 'section 2.2.3',
    v5: 'MQTT-1.5.5-1',
    code: MALFORMED,
    reason: 'A variable byte integer must use as few bytes as possible',
  },
  'packet-too-large': {
    v4: 'section 2.2.3',
    v5: 'MQTT-3.2.2-15',
    code: 0x95,
    reason: 'The packet is larger than this broker accepts',
  },
  'header-flags': {
    v4: 'MQTT-2.2.2-2',
    v5: 'MQTT-2.1.3-1',
    code: MALFORMED,
    reason: 'The flags of this packet type have fixed values',
  },
  truncated: {
    v4: 'MQTT-4.8.0-1',
    v5: 'MQTT-4.13.1-1',
    code: MALFORMED,
    reason: 'The packet ends before its fields do',
  },
  'trailing-bytes': {
    v4: 'MQTT-4.8.0-1',
    v5: 'MQTT-4.13.1-1',
    code: MALFORMED,
    reason: 'The packet goes on after its last field',
  },
  // ── Strings ──
  utf8: {
    v4: 'MQTT-1.5.3-1',
    v5: 'MQTT-1.5.4-1',
    code: MALFORMED,
    reason: 'A string is not well-formed UTF-8',
  },
  'utf8-nul': {
    v4: 'MQTT-1.5.3-2',
    v5: 'MQTT-1.5.4-2',
    code: MALFORMED,
    reason: 'A string must not contain U+0000',
  },
  // The specification says SHOULD NOT, and that a receiver MAY close the connection. Mosquitto 2.0
  // does, and a program that passes here should pass there too.
  'utf8-control': {
    v4: 'section 1.5.3',
    v5: 'section 1.5.4',
    code: MALFORMED,
    reason: 'A string must not contain control characters or non-characters',
  },
  // ── CONNECT ──
  'first-not-connect': {
    v4: 'MQTT-3.1.0-1',
    v5: 'MQTT-3.1.0-1',
    code: PROTOCOL_ERROR,
    reason: 'The first packet must be CONNECT',
  },
  'second-connect': {
    v4: 'MQTT-3.1.0-2',
    v5: 'MQTT-3.1.0-2',
    code: PROTOCOL_ERROR,
    reason: 'A client sends CONNECT only once',
  },
  'protocol-name': {
    v4: 'MQTT-3.1.2-1',
    v5: 'MQTT-3.1.2-1',
    code: MALFORMED,
    reason: 'The protocol name must be MQTT',
  },
  'protocol-level': {
    v4: 'MQTT-3.1.2-2',
    v5: 'MQTT-3.1.2-2',
    code: 0x84,
    returnCode: 1,
    reason: 'The protocol version is not supported',
  },
  'connect-reserved-flag': {
    v4: 'MQTT-3.1.2-3',
    v5: 'MQTT-3.1.2-3',
    code: MALFORMED,
    reason: 'Bit 0 of the connect flags must be 0',
  },
  'will-qos-without-will': {
    v4: 'MQTT-3.1.2-13',
    v5: 'MQTT-3.1.2-11',
    code: MALFORMED,
    reason: 'Without a will the will QoS must be 0',
  },
  'will-retain-without-will': {
    v4: 'MQTT-3.1.2-15',
    v5: 'MQTT-3.1.2-13',
    code: MALFORMED,
    reason: 'Without a will the will retain flag must be 0',
  },
  'will-qos-3': {
    v4: 'MQTT-3.1.2-14',
    v5: 'MQTT-3.1.2-12',
    code: MALFORMED,
    reason: 'The will QoS must be 0, 1 or 2',
  },
  'password-without-user-name': {
    v4: 'MQTT-3.1.2-22',
    v5: 'section 3.1.2.9',
    code: MALFORMED,
    reason: 'A password needs a user name',
  },
  'client-id-empty': {
    v4: 'MQTT-3.1.3-8',
    v5: 'MQTT-3.1.3-8',
    code: 0x85,
    returnCode: 2,
    reason: 'An empty client identifier needs a clean session',
  },
  'authentication-method': {
    v4: 'MQTT-4.8.0-1',
    v5: 'MQTT-4.12.0-1',
    code: 0x8c,
    reason: 'This broker has no extended authentication',
  },
  'authentication-data': {
    v4: 'MQTT-4.8.0-1',
    v5: 'section 3.1.2.11.10',
    code: PROTOCOL_ERROR,
    reason: 'Authentication data needs an authentication method',
  },
  // ── Topics and filters ──
  'topic-empty': {
    v4: 'MQTT-4.7.3-1',
    v5: 'MQTT-4.7.3-1',
    code: PROTOCOL_ERROR,
    reason: 'A topic name has at least one character',
  },
  'topic-wildcard': {
    v4: 'MQTT-3.3.2-2',
    v5: 'MQTT-3.3.2-2',
    code: MALFORMED,
    reason: 'A topic name must not contain + or #',
  },
  'will-topic-wildcard': {
    v4: 'MQTT-4.7.1-1',
    v5: 'MQTT-4.7.0-1',
    code: 0x90,
    reason: 'A will topic must not contain + or #',
  },
  'will-topic-empty': {
    v4: 'MQTT-4.7.3-1',
    v5: 'MQTT-4.7.3-1',
    code: 0x90,
    reason: 'A will topic has at least one character',
  },
  'response-topic-wildcard': {
    v4: 'MQTT-4.8.0-1',
    v5: 'MQTT-3.3.2-14',
    code: PROTOCOL_ERROR,
    reason: 'A response topic must not contain + or #',
  },
  'filter-empty': {
    v4: 'MQTT-4.7.3-1',
    v5: 'MQTT-4.7.3-1',
    code: MALFORMED,
    reason: 'A topic filter has at least one character',
  },
  'filter-hash': {
    v4: 'MQTT-4.7.1-2',
    v5: 'MQTT-4.7.1-1',
    code: MALFORMED,
    reason: 'In a filter # stands alone and last',
  },
  'filter-plus': {
    v4: 'MQTT-4.7.1-3',
    v5: 'MQTT-4.7.1-2',
    code: MALFORMED,
    reason: 'In a filter + takes a whole level',
  },
  'share-name': {
    v4: 'section 4.7.2',
    v5: 'MQTT-4.8.2-2',
    code: PROTOCOL_ERROR,
    reason: 'A share name is not empty and has no + or #',
  },
  'share-filter': {
    v4: 'section 4.7.2',
    v5: 'MQTT-4.8.2-2',
    code: PROTOCOL_ERROR,
    reason: 'A shared subscription is $share/<name>/<filter>',
  },
  'share-no-local': {
    v4: 'MQTT-4.8.0-1',
    v5: 'MQTT-3.8.3-4',
    code: PROTOCOL_ERROR,
    reason: 'No Local can not be used with a shared subscription',
  },
  // ── PUBLISH ──
  'qos-3': {
    v4: 'MQTT-3.3.1-4',
    v5: 'MQTT-3.3.1-4',
    code: MALFORMED,
    reason: 'QoS must be 0, 1 or 2',
  },
  'dup-at-qos-0': {
    v4: 'MQTT-3.3.1-2',
    v5: 'MQTT-3.3.1-2',
    code: MALFORMED,
    reason: 'DUP must be 0 at QoS 0',
  },
  'packet-id-zero': {
    v4: 'MQTT-2.3.1-1',
    v5: 'MQTT-2.2.1-3',
    code: PROTOCOL_ERROR,
    reason: 'A packet identifier must not be 0',
  },
  'payload-not-utf8': {
    v4: 'MQTT-4.8.0-1',
    v5: 'section 3.3.2.3.2',
    code: 0x99,
    reason: 'The payload is not the UTF-8 text it says it is',
  },
  'subscription-identifier-from-client': {
    v4: 'MQTT-4.8.0-1',
    v5: 'MQTT-3.3.4-6',
    code: PROTOCOL_ERROR,
    reason: 'Only the broker puts a subscription identifier into PUBLISH',
  },
  'topic-alias-zero': {
    v4: 'MQTT-4.8.0-1',
    v5: 'MQTT-3.3.2-8',
    code: 0x94,
    reason: 'A topic alias must not be 0',
  },
  'topic-alias-too-high': {
    v4: 'MQTT-4.8.0-1',
    v5: 'MQTT-3.3.2-9',
    code: 0x94,
    reason: 'The topic alias is above the maximum in CONNACK',
  },
  'topic-alias-unknown': {
    v4: 'MQTT-4.8.0-1',
    v5: 'section 3.3.2.3.4',
    code: PROTOCOL_ERROR,
    reason: 'This topic alias was not set on this connection',
  },
  'receive-maximum': {
    v4: 'MQTT-4.8.0-1',
    v5: 'MQTT-3.3.4-7',
    code: 0x93,
    reason: 'More messages in flight than the receive maximum in CONNACK',
  },
  'qos-not-supported': {
    v4: 'MQTT-3.3.5-2',
    v5: 'MQTT-3.2.2-11',
    code: 0x9b,
    reason: 'The QoS is above what this broker accepts',
  },
  'retain-not-supported': {
    v4: 'MQTT-3.3.5-2',
    v5: 'MQTT-3.2.2-14',
    code: 0x9a,
    reason: 'This broker does not retain messages',
  },
  // ── SUBSCRIBE, UNSUBSCRIBE ──
  'subscribe-empty': {
    v4: 'MQTT-3.8.3-3',
    v5: 'MQTT-3.8.3-2',
    code: PROTOCOL_ERROR,
    reason: 'SUBSCRIBE needs at least one filter',
  },
  'unsubscribe-empty': {
    v4: 'MQTT-3.10.3-2',
    v5: 'MQTT-3.10.3-2',
    code: PROTOCOL_ERROR,
    reason: 'UNSUBSCRIBE needs at least one filter',
  },
  'subscribe-qos': {
    v4: 'MQTT-3.8.3-4',
    v5: 'section 3.8.3.1',
    code: PROTOCOL_ERROR,
    reason: 'The requested QoS must be 0, 1 or 2',
  },
  'subscribe-reserved-bits': {
    v4: 'MQTT-3.8.3-4',
    v5: 'MQTT-3.8.3-5',
    code: MALFORMED,
    reason: 'The reserved bits of the subscription options must be 0',
  },
  'retain-handling-3': {
    v4: 'MQTT-3.8.3-4',
    v5: 'section 3.8.3.1',
    code: PROTOCOL_ERROR,
    reason: 'Retain handling must be 0, 1 or 2',
  },
  // ── Acknowledgements ──
  'acknowledgement-wrong': {
    v4: 'section 4.3',
    v5: 'section 4.3',
    code: PROTOCOL_ERROR,
    reason: 'This acknowledgement does not belong to the QoS of that message',
  },
  'acknowledgement-unknown': {
    v4: 'section 4.3',
    v5: 'section 4.3',
    code: 0x92,
    reason: 'No message with this packet identifier is in flight',
  },
  // ── Who may send what, and when ──
  'server-only': {
    v4: 'section 2.2.1',
    v5: 'section 2.1.2',
    code: PROTOCOL_ERROR,
    reason: 'Only the broker sends this packet',
  },
  'auth-not-started': {
    v4: 'section 2.2.1',
    v5: 'MQTT-4.12.0-7',
    code: PROTOCOL_ERROR,
    reason: 'AUTH needs an authentication method in CONNECT',
  },
  'after-disconnect': {
    v4: 'MQTT-3.14.4-2',
    v5: 'MQTT-3.14.4-1',
    code: PROTOCOL_ERROR,
    reason: 'Nothing may follow DISCONNECT',
  },
  'reason-code': {
    v4: 'MQTT-4.8.0-1',
    v5: 'section 2.4',
    code: PROTOCOL_ERROR,
    reason: 'This reason code does not belong to this packet',
  },
  'session-expiry-raised': {
    v4: 'MQTT-4.8.0-1',
    v5: 'section 3.14.2.2.2',
    code: PROTOCOL_ERROR,
    reason: 'DISCONNECT can not give an expiry to a session that had none',
  },
  'connack-flags': {
    v4: 'section 3.2.2.1',
    v5: 'MQTT-3.2.2-1',
    code: MALFORMED,
    reason: 'Bits 7 to 1 of the acknowledge flags must be 0',
  },
  // ── 5.0 properties ──
  'property-unknown': {
    v4: 'MQTT-4.8.0-1',
    v5: 'section 2.2.2.2',
    code: MALFORMED,
    reason: 'There is no property with this identifier',
  },
  'property-not-allowed': {
    v4: 'MQTT-4.8.0-1',
    v5: 'section 2.2.2.2',
    code: MALFORMED,
    reason: 'This property does not belong to this packet',
  },
  'property-twice': {
    v4: 'MQTT-4.8.0-1',
    v5: 'section 2.2.2.2',
    code: PROTOCOL_ERROR,
    reason: 'This property may stand only once',
  },
  'property-value': {
    v4: 'MQTT-4.8.0-1',
    v5: 'section 2.2.2.2',
    code: PROTOCOL_ERROR,
    reason: 'The value of a property is out of its range',
  },
} satisfies Record<string, Rule>;

export type RuleId = keyof typeof RULES;
/** Every rule's id, in the order of this file. */
export const ruleIds = Object.keys(RULES) as RuleId[];
/** The rule behind a violation. */
export const ruleOf = (id: RuleId): Readonly<Rule> => RULES[id];

// Built once: a flood of bad frames allocates nothing here, and results compare by identity.
const build = (key: 'v4' | 'v5') =>
  Object.fromEntries(
    ruleIds.map((rule) => [
      rule,
      Object.freeze({ rule, statement: RULES[rule][key], reasonCode: RULES[rule].code }),
    ]),
  ) as Record<RuleId, Violation>;
const V4 = build('v4');
const V5 = build('v5');

/** The violation of a rule as this version of MQTT states it. */
export const violation = (rule: RuleId, version: MqttVersion): Violation =>
  version === 5 ? V5[rule] : V4[rule];

/** True for what `parsePacket` and the gate return instead of a packet. */
export const isViolation = (result: object): result is Violation => 'rule' in result;

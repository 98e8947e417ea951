/**
 * What the cheat sheet says of MQTT, as data. What the sandbox knows is asked there: packet types, the
 * codes that each packet may carry, which filter matches. The rest is the specification's, by section.
 */
import { packetKinds, type PacketKind } from '../../../sandbox/protocol/mqtt.ts';
import { reasonCodesOf, reasonKey } from '../../../sandbox/mqtt/reason-codes.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';

export type Sender = 'client' | 'broker' | 'both';

/** MQTT 5.0, table 2-1 (3.1.1, table 2.1): who sends it. */
const senders: Record<PacketKind, Sender> = {
  CONNECT: 'client',
  CONNACK: 'broker',
  PUBLISH: 'both',
  PUBACK: 'both',
  PUBREC: 'both',
  PUBREL: 'both',
  PUBCOMP: 'both',
  SUBSCRIBE: 'client',
  SUBACK: 'broker',
  UNSUBSCRIBE: 'client',
  UNSUBACK: 'broker',
  PINGREQ: 'client',
  PINGRESP: 'broker',
  DISCONNECT: 'both',
  AUTH: 'both',
};
/** MQTT 5.0, table 2-2: PUBLISH alone chooses its flags. */
const flags: Partial<Record<PacketKind, string>> = {
  PUBLISH: '…',
  PUBREL: '2',
  SUBSCRIBE: '2',
  UNSUBSCRIBE: '2',
};

export interface PacketRow {
  kind: PacketKind;
  /** The upper four bits of its first byte, 1 … 15. */
  type: number;
  /** `0x10`; `0x3…` if the lower four bits differ from packet to packet. */
  firstByte: string;
  from: Sender;
}
export const packets: readonly PacketRow[] = packetKinds.map((kind, at) => ({
  kind,
  type: at + 1,
  firstByte: `0x${(at + 1).toString(16).toUpperCase()}${flags[kind] ?? '0'}`,
  from: senders[kind],
}));

export interface Carrier {
  letter: string;
  /** They may carry the same codes. */
  kinds: readonly PacketKind[];
}
/** The packets with reason codes (MQTT 5.0, table 2-6). */
export const carriers: readonly Carrier[] = [
  { letter: 'C', kinds: ['CONNACK'] },
  { letter: 'P', kinds: ['PUBACK', 'PUBREC'] },
  { letter: 'R', kinds: ['PUBREL', 'PUBCOMP'] },
  { letter: 'S', kinds: ['SUBACK'] },
  { letter: 'U', kinds: ['UNSUBACK'] },
  { letter: 'D', kinds: ['DISCONNECT'] },
  { letter: 'A', kinds: ['AUTH'] },
];

export interface CodeRow {
  code: number;
  /** `0x87` */
  digits: string;
  /** Keys of the language files; more than one if the code means something else in another packet. */
  names: readonly string[];
  /** For each of `carriers`, whether it may carry the code. */
  in: readonly boolean[];
}

const digitsOf = (code: number) => `0x${code.toString(16).toUpperCase().padStart(2, '0')}`;

/** Every reason code of MQTT 5.0, lowest first. */
export const reasonCodes: readonly CodeRow[] = [
  ...new Set(carriers.flatMap(({ kinds }) => reasonCodesOf(kinds[0]!, 5))),
]
  .sort((a, b) => a - b)
  .map((code) => {
    const has = ({ kinds }: Carrier) => reasonCodesOf(kinds[0]!, 5).includes(code);
    const names = carriers.filter(has).map(({ kinds }) => reasonKey(kinds[0]!, 5, code));
    return { code, digits: digitsOf(code), names: [...new Set(names)], in: carriers.map(has) };
  });

export interface OldCode {
  digits: string;
  name: string;
}
/** MQTT 3.1.1, table 3.1: the return codes of CONNACK. */
export const returnCodes: readonly OldCode[] = reasonCodesOf('CONNACK', 4).map((code) => ({
  digits: String(code),
  name: reasonKey('CONNACK', 4, code),
}));
/** MQTT 3.1.1, section 3.9.3: the return codes of SUBACK. */
export const subackCodes: readonly OldCode[] = reasonCodesOf('SUBACK', 4).map((code) => ({
  digits: digitsOf(code),
  name: reasonKey('SUBACK', 4, code),
}));

/** A code's name without the digits before it, which have a column of their own. */
export const withoutDigits = (name: string): string => name.replace(/^(0x[\dA-F]{2}|\d) /, '');

/** MQTT 5.0, sections 4.3.1 to 4.3.3: the packets that bring a message to its receiver, in order. */
export const deliveries: readonly (readonly PacketKind[])[] = [
  ['PUBLISH'],
  ['PUBLISH', 'PUBACK'],
  ['PUBLISH', 'PUBREC', 'PUBREL', 'PUBCOMP'],
];

export interface FilterRow {
  filter: string;
  topics: readonly { topic: string; matches: boolean }[];
}
const tried: readonly (readonly [filter: string, ...topics: string[]])[] = [
  ['home/+/lamp', 'home/hall/lamp', 'home/lamp', 'home/a/b/lamp'],
  ['home/#', 'home', 'home/hall/lamp', 'house'],
  ['+/lamp', 'hall/lamp', '/lamp', 'lamp'],
  ['#', 'lamp', 'home/hall/lamp', '$SYS/uptime'],
  ['$SYS/#', '$SYS/uptime', 'home'],
  ['$share/team/home/#', 'home/hall/lamp', 'team/home'],
];
/** Filters with topics, and whether each matches (section 4.7). */
export const filters: readonly FilterRow[] = tried.map(([filter, ...topics]) => ({
  filter,
  topics: topics.map((topic) => ({ topic, matches: matches(filter, topic) })),
}));
/** Each breaks a rule for filters (4.7.1). */
export const invalidFilters = ['home#', 'home/#/lamp', 'home/ha+'] as const;

import type { PacketKind } from '../../../sandbox/protocol/mqtt.ts';

/** Packet kinds in the groups that a reader filters by. */
const kindGroups = {
  messages: ['PUBLISH', 'PUBACK', 'PUBREC', 'PUBREL', 'PUBCOMP'],
  connections: ['CONNECT', 'CONNACK', 'DISCONNECT', 'AUTH'],
  subscriptions: ['SUBSCRIBE', 'SUBACK', 'UNSUBSCRIBE', 'UNSUBACK'],
  pings: ['PINGREQ', 'PINGRESP'],
} as const satisfies Record<string, readonly PacketKind[]>;
export type KindGroup = keyof typeof kindGroups;
export const groups = Object.keys(kindGroups) as KindGroup[];
export const kinds: readonly PacketKind[] = Object.values(kindGroups).flat();

/** Whether a packet's kind is `wanted`, or in the group of this name. */
export function isOfKind(kind: PacketKind | null, wanted: KindGroup | PacketKind): boolean {
  const names: readonly string[] = Object.hasOwn(kindGroups, wanted)
    ? kindGroups[wanted as KindGroup]
    : [wanted];
  return kind !== null && names.includes(kind);
}

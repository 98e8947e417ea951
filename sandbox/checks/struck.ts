/** What faults did. Apart from `view.ts`, which every exercise loads. */
import { kindOf } from '../mqtt/packet.ts';
import type { View } from '../protocol/exercise.ts';
import type { PacketKind } from '../protocol/mqtt.ts';
import type { FaultEntry, PacketEntry } from '../protocol/trace.ts';

/** A packet that a fault of the scene, or one that the learner armed, struck. */
export interface Struck {
  fault: FaultEntry;
  packet: PacketEntry;
  kind: PacketKind;
  /** Whose connection it was: a device's or an actor's name. */
  name: string | undefined;
}

/** What faults did to packets, in order. */
export function struck(view: View): Struck[] {
  const names = new Map<number, string | undefined>();
  const seen = new Map<number, PacketEntry>();
  const all: Struck[] = [];
  for (const entry of view.entries) {
    if (entry.type === 'line-opened') names.set(entry.line, entry.name);
    if (entry.type === 'packet') seen.set(entry.n, entry);
    if (entry.type !== 'fault' || entry.packet === undefined) continue;
    const packet = seen.get(entry.packet);
    const kind = packet && kindOf(packet.bytes[0] ?? 0);
    if (packet && kind) all.push({ fault: entry, packet, kind, name: names.get(entry.line) });
  }
  return all;
}

/** What a room's trace holds, as tests ask for it. */
import { packetOf } from '../mqtt/packet.ts';
import type { Packet } from '../protocol/mqtt.ts';
import type { PacketEntry, TraceEntry } from '../protocol/trace.ts';
import type { Room } from '../room/room.ts';

/** A packet of the trace with its entry. */
export type TracedPacket = PacketEntry & { packet: Packet };

const isPacket = (entry: TraceEntry): entry is PacketEntry => entry.type === 'packet';

export const packetsSeen = (room: Room): TracedPacket[] =>
  room.trace
    .all()
    .filter(isPacket)
    .map((entry) => ({ ...entry, packet: packetOf(entry) as Packet }));

export const entriesOf = <Type extends TraceEntry['type']>(
  room: Room,
  type: Type,
): Extract<TraceEntry, { type: Type }>[] =>
  room.trace.all().filter((entry): entry is never => entry.type === type);

/** Resolves with the first answer that isn't undefined or false; asked again as the trace grows. */
export function untilSeen<T>(room: Room, ask: () => T | undefined | false): Promise<T> {
  return new Promise((resolve) => {
    const check = (): void => {
      const answer = ask();
      if (answer === undefined || answer === false) return;
      queueMicrotask(() => watch.close());
      resolve(answer);
    };
    const watch = room.watch(
      { binary: check, message: check, unsent: () => 0 },
      { run: room.run, n: room.trace.last + 1 },
    );
    check();
  });
}

/** Rooms at addresses that `Rooms` does not know: those that classes share, at the addresses of their members. */
import type { Duplex } from 'readable-stream';
import type { LineInfo } from '../../line/line-info.ts';
import type { Room } from '../../room/room.ts';
import type { FailedLookups } from './failed-lookups.ts';
import type { KnownRooms } from './known-rooms.ts';

/** The room, and as whom its client comes; or the client has no place left. */
export type Entrance = { room: Room; info: Pick<LineInfo, 'who' | 'name' | 'rates'> } | 'full';

export interface Entrances {
  /** Null if the address is none of theirs. The place in the room is free again when `socket` closes. */
  enter(address: string, socket: Duplex): Entrance | null;
  /** Whether the user name is meant as such an address. */
  resembles(userName: string): boolean;
}

export const noEntrances: Entrances = { enter: () => null, resembles: () => false };

/** As `findRoom`: after too many wrong addresses only for clients from where one has been in the room before. */
export function findEntrance(
  { entrances, failedLookups, known }: { entrances: Entrances; failedLookups: FailedLookups; known: KnownRooms }, // prettier-ignore
  address: string,
  { remote, socket }: { remote: string; socket: Duplex },
): Entrance | null {
  const entrance = entrances.enter(address, socket);
  if (!entrance || entrance === 'full') return entrance;
  if (failedLookups.silent(remote) && !known.has(entrance.room, remote)) return null;
  known.add(entrance.room, remote);
  return entrance;
}

/** The rooms that each network address has used: it finds them again, whatever else it asked for. */
import type { Room } from '../../room/room.ts';

/** The most network addresses of a room: more than it has lines and viewers. */
const mostPerRoom = 400;

export class KnownRooms {
  readonly #remotes = new WeakMap<Room, Set<string>>();

  add(room: Room, remote: string): void {
    const remotes = this.#remotes.get(room) ?? new Set();
    if (remotes.size < mostPerRoom) this.#remotes.set(room, remotes.add(remote));
  }

  has(room: Room, remote: string): boolean {
    return this.#remotes.get(room)?.has(remote) ?? false;
  }
}

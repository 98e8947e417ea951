/** Which rooms each network address has come into: it may come again, however many guesses come from there. */
import type { Room } from '../../room/room.ts';

/** More than a room has lines and viewers; a room that is known to all is guessed by nobody. */
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

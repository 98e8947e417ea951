/** Whose rooms are whose: a room is the member's whose page made it, or last began to watch it. */
import type { Room } from '../room/room.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Classroom } from './classroom.ts';
import { observeWork } from './room-work.ts';

interface Owned {
  member: string;
  watch: { close(): void };
}

export class MemberRooms {
  readonly #classroom: Classroom;
  /** Rooms with an exercise. */
  readonly #exercises = new Map<Room, string>();
  readonly #owned = new Map<Room, Owned>();
  readonly #watch: { close(): void };

  constructor(classroom: Classroom, rooms: Pick<Rooms, 'observe'>) {
    this.#classroom = classroom;
    this.#watch = rooms.observe({
      began: (room, exercise) => {
        if (exercise !== null) this.#exercises.set(room, exercise);
      },
      ended: (room) => {
        this.#exercises.delete(room);
        this.#owned.delete(room);
      },
    });
  }

  /** What happens in the room from now on is the member's; null: of nobody in a class. */
  own(room: Room, member: string | null): void {
    const exercise = this.#exercises.get(room);
    const before = this.#owned.get(room);
    if (exercise === undefined || before?.member === member) return;
    before?.watch.close();
    this.#owned.delete(room);
    if (member === null) return;
    const watch = room.observe(
      observeWork(this.#classroom, { member, exercise, ignoredRun: before ? room.run : 0 }),
    );
    this.#owned.set(room, { member, watch });
  }

  close(): void {
    this.#watch.close();
    for (const { watch } of this.#owned.values()) watch.close();
  }
}

/** Whose rooms are whose: a room is the member's whose page made it, or last began to watch it. */
import type { Room } from '../room/room.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Classroom } from './classroom.ts';
import { observeWork } from './room-work.ts';

interface Owned {
  member: string;
  /** The run of the room that is not the member's. */
  ignoredRun: number;
  /** Null while a page of nobody in a class has the room. */
  watch: { close(): void } | null;
}

export class MemberRooms {
  readonly #classroom: Classroom;
  /** Rooms with an exercise. */
  readonly #exercises = new Map<Room, string>();
  readonly #owned = new Map<Room, Owned>();
  readonly #watch: { close(): void };
  readonly #rooms: Pick<Rooms, 'observe' | 'end'>;

  constructor(classroom: Classroom, rooms: Pick<Rooms, 'observe' | 'end'>) {
    this.#classroom = classroom;
    this.#rooms = rooms;
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
    if (exercise === undefined || (before?.watch && before.member === member)) return;
    before?.watch?.close();
    if (member === null) {
      // Who had it is remembered: what they did must not become the next member's.
      if (before) this.#owned.set(room, { ...before, watch: null });
      return;
    }
    const foreignRun = before ? room.run : 0;
    const ignoredRun = before?.member === member ? before.ignoredRun : foreignRun;
    // The last one is the latest.
    this.#owned.delete(room);
    const watch = room.observe(observeWork(this.#classroom, { member, exercise, ignoredRun }));
    this.#owned.set(room, { member, ignoredRun, watch });
  }

  /** Whether the member does the room's exercise as a test. */
  isTest(member: string, room: Room): boolean {
    return this.#classroom.isTest(member, this.#exercises.get(room) ?? '');
  }

  /**
   * A room of the member by its code; without one the room that their page made or began to watch last.
   * Undefined if it is gone, or not theirs.
   */
  roomOf(member: string, code?: string): Room | undefined {
    return [...this.#owned].findLast(
      ([room, one]) =>
        one.watch && one.member === member && (code === undefined || room.code === code),
    )?.[0];
  }

  /** What members do in their rooms would count for nothing from now on: those rooms end. */
  async close(): Promise<void> {
    this.#watch.close();
    const owned = [...this.#owned].filter(([, { watch }]) => watch);
    for (const [, { watch }] of owned) watch?.close();
    await Promise.all(owned.map(([room]) => this.#rooms.end(room)));
  }
}

/** When programs that run for ever have done all that they do, in their own time and not in the machine's. */
import type { RoomUnderTest } from './rooms/room-under-test.ts';

export interface Quietness {
  /** Adds a program, and the heartbeats without an event after which it counts as done. */
  expect(name: string, most: number): void;
  over(name: string): void;
  /** Half a second of the program's own time has gone by. */
  beat(name: string): void;
  /** Resolves once each program that still runs has sent so many more heartbeats, whatever happens. */
  pass(beats: number): Promise<void>;
}

/**
 * Calls `stop` once every running program has sent so many heartbeats without an event in the room:
 * on a busy machine one may begin long after another.
 */
export function quietness(room: RoomUnderTest, stop: () => void): Quietness {
  let seen = -1;
  let stopped = false;
  const there = new Map<string, number>();
  const quiet = new Map<string, number>();
  const passing: { left: Map<string, number>; done(): void }[] = [];
  const isOver = (left: ReadonlyMap<string, number>) =>
    [...left].every(([name, beats]) => !there.has(name) || beats <= 0);
  const look = () => {
    for (const { left, done } of passing) if (isOver(left)) done();
  };
  return {
    expect: (name, most) => void there.set(name, most),
    over(name) {
      there.delete(name);
      look();
    },
    beat(name) {
      const now = room.entries().length;
      if (now !== seen) quiet.clear();
      seen = now;
      quiet.set(name, (quiet.get(name) ?? 0) + 1);
      for (const { left } of passing) left.set(name, (left.get(name) ?? 0) - 1);
      look();
      const all = [...there].every(([one, most]) => (quiet.get(one) ?? 0) >= most);
      if (stopped || !all) return;
      stopped = true;
      stop();
    },
    pass: (beats) =>
      new Promise((done) => {
        passing.push({ left: new Map([...there.keys()].map((name) => [name, beats])), done });
      }),
  };
}

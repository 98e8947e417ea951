/** Records what a room emits, for tests of a room in either place. */
import type { CheckResult, Exercise, FileProblem } from '../../../../sandbox/protocol/exercise.ts';
import type { TraceEntry } from '../../../../sandbox/protocol/trace.ts';
import type { ConnectionStatus, Room, RoomError, RoomEvent } from '../room.ts';

/** One actor, one check. */
const exercise: Exercise = {
  devices: ['publisher.ts'],
  scene: { actors: [{ name: 'listener', subscribes: [{ filter: 'hello' }] }] },
  checks: [{ id: 'opened', holds: ({ entries }) => entries.some((entry) => isDevice(entry)) }],
};
const isDevice = (entry: TraceEntry) => entry.type === 'line-opened' && entry.role === 'device';

export const exerciseNamed = (name: string): Promise<Exercise | null> =>
  Promise.resolve(name === 'a/b' ? exercise : null);

/** All that the room has emitted, and promises for what it will emit. */
export function recordRoom<R extends Room>(room: R) {
  const waiting = new Set<{ holds(): boolean; resolve(): void }>();
  const seen = {
    connections: [] as ConnectionStatus[],
    rooms: [] as string[],
    runs: [] as number[],
    entries: [] as TraceEntry[],
    checks: [] as readonly CheckResult[],
    /** The entry that they were computed from. */
    checkedUntil: 0,
    files: [] as { started: boolean; problems: readonly FileProblem[] }[],
    error: undefined as RoomError | undefined,
    bytes: new Map<number, { device: string; bytes: number }>(),
  };
  const note = (event: RoomEvent): void => {
    if (event.type === 'connection') {
      seen.connections.push(event.status);
      seen.error = event.error;
    }
    if (event.type === 'room') seen.rooms.push(event.how);
    if (event.type === 'reset') {
      seen.runs.push(event.run);
      seen.entries = [];
    }
    if (event.type === 'entries') seen.entries.push(...event.entries);
    if (event.type === 'checks') {
      seen.checks = event.results;
      seen.checkedUntil = event.last;
    }
    if (event.type === 'files') seen.files.push(event.status);
    if (event.type === 'line-opened')
      seen.bytes.set(event.line, { device: event.device, bytes: 0 });
    if (event.type === 'line-data') seen.bytes.get(event.line)!.bytes += event.bytes;
  };
  room.subscribe((event) => {
    note(event);
    for (const each of waiting) if (each.holds() && waiting.delete(each)) each.resolve();
  });
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => (holds() ? resolve() : waiting.add({ holds, resolve })));
  return { room, seen, until };
}

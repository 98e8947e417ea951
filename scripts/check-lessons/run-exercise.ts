/** Runs a set of programs in a room, until what they do there is decided. */
import { evaluate } from '../../sandbox/checks.ts';
import type { CheckResult } from '../../sandbox/protocol.ts';
import type { FromDevice } from '../../src/workbench/device/messages.ts';
import { runProgramInNode } from '../../src/workbench/device/node-worker.ts';
import type { ExerciseFiles, Programs } from './lesson.ts';
import { settled, type RoomSource } from './rooms/room-under-test.ts';

/**
 * A program may go on for ever. After so many heartbeats (of half a second) in which nothing
 * happened in the room it is stopped, as a learner would stop it.
 */
const QUIET_BEATS = 4;
/** Far longer than any program of an exercise takes: reached only by one that never decides. */
const PATIENCE_MS = 15_000;

export interface Outcome {
  results: CheckResult[];
  /** What the programs said, for a report of what went wrong. */
  said: string[];
}

/**
 * All programs at once, as the page starts them. Over when every check is true, or when every
 * program is over and its lines are closed.
 * @throws Error where that doesn't happen in time, or the room tells its watchers something else
 *   than what its trace says
 */
export async function runExercise(
  source: RoomSource,
  { id, exercise }: ExerciseFiles,
  programs: Programs,
): Promise<Outcome> {
  const room = await source.open(id, exercise);
  const abort = new AbortController();
  const said: string[] = [];
  const devices = exercise.devices.map((file) => file.replace(/\.ts$/, ''));
  const stops = new Map<string, () => void>();
  let quietBeats = 0;
  let seen = 0;
  const beat = () => {
    const now = room.entries().length;
    quietBeats = now === seen ? quietBeats + 1 : 0;
    seen = now;
    if (quietBeats < QUIET_BEATS * devices.length) return;
    for (const [device, stop] of stops) {
      stop();
      room.device(device, 'off');
    }
    stops.clear();
  };
  const hear = (device: string, message: FromDevice) => {
    if (message.type === 'alive') beat();
    if (message.type === 'console') said.push(`${device}: ${message.text}`);
    if (message.type === 'failed') said.push(`${device} failed: ${message.message}`);
    if (message.type !== 'ended' && message.type !== 'failed') return;
    stops.delete(device);
    room.device(device, message.type);
  };
  try {
    for (const device of devices) {
      room.device(device, 'running');
      const { stop } = runProgramInNode({
        name: device,
        program: programs.get(`${device}.ts`) ?? '',
        openLine: (port, target) => void room.openLine(device, port, abort.signal, target),
        anyPort: exercise.scene.files !== undefined,
        on: (message) => hear(device, message),
        signal: abort.signal,
      });
      stops.set(device, stop);
    }
    const results = await new Promise<CheckResult[]>((resolve, reject) => {
      const timer = setTimeout(() => {
        const seen = `the room says ${JSON.stringify(room.streamed())}; ${said.join('; ')}`;
        reject(new Error(`nothing decided in ${PATIENCE_MS / 1000} s: ${seen}`));
      }, PATIENCE_MS);
      room.onChange = () => {
        const streamed = room.streamed();
        const passed = streamed.length > 0 && streamed.every(({ state }) => state === 'true');
        if (!passed && !settled(room.entries(), devices)) return;
        // Decided once the room's watchers know what the trace says.
        void room.view().then((view) => {
          const now = evaluate(exercise, view);
          if (JSON.stringify(now) !== JSON.stringify(room.streamed())) return;
          clearTimeout(timer);
          resolve(now);
        }, reject);
      };
      room.onChange();
    });
    return { results, said };
  } finally {
    room.onChange = undefined;
    abort.abort();
    await room.close();
  }
}

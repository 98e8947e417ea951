/**
 * On a real room: the starter and the shape fail, the solution and every other right program pass, and each
 * mistake fails and gets exactly the hint that its folder names.
 */
import { fails, getsHint, passes, type Expectation } from '../expectations.ts';
import {
  changedPrograms,
  hintOfFolder,
  setsOf,
  type ExerciseFiles,
  type Programs,
} from '../lesson.ts';
import type { Pool } from '../pool.ts';
import type { Report } from '../report.ts';
import { undisturbed } from '../undisturbed.ts';
import { ownMqttJs, ownPaho } from '../versions.ts';
import type { RoomSource } from '../rooms/room-under-test.ts';
import type { LessonRule } from '../lesson-rule.ts';
import { isRunnable, runExercise, type ExerciseOutcome } from '../run-exercise.ts';

/** A further check of a run, in the first kind of rooms that can run the set. */
export type Look = (
  files: ExerciseFiles,
  folder: string,
  outcome: ExerciseOutcome,
  report: Report,
) => void | Promise<void>;

export const programs =
  (
    sources: readonly RoomSource[],
    pool: Pool,
    looks: readonly Look[] = [],
    everywhere = false,
  ): LessonRule =>
  async ({ exercises }, report) => {
    const runs: Promise<void>[] = [];
    for (const files of exercises) {
      for (const [index, [folder, set]] of [...setsOf(files), ...shapeOf(files)].entries()) {
        const can = sources.filter((source) => isRunnable(source, set));
        const possible = can.filter(
          ({ sample }, at) => at === 0 || everywhere || !sample || sample(folder, index),
        );
        if (possible.length === 0) {
          const isReached = sources.some(({ overTcp }) => overTcp);
          const needs = isReached ? 'Python 3 with paho-mqtt 2' : 'a program outside of the page';
          report.skipped(`${files.id}/${folder}`, `needs ${needs}`);
        }
        possible.forEach((source, at) => {
          const seen = at === 0 ? looks : [];
          const run = { source, files, folder, set };
          runs.push(pool.run(() => undisturbed(report, (own) => runSet(run, seen, own))));
        });
      }
    }
    await Promise.all(runs);
  };

/** The model in the place of each program that the learner changes. */
function shapeOf(files: ExerciseFiles): [folder: string, set: Programs][] {
  const { shape, starter } = files;
  if (shape === undefined) return [];
  const models = changedPrograms(files).map((name): [string, string] => [name, shape]);
  return [['shape', new Map([...starter, ...models])]];
}

interface Run {
  source: RoomSource;
  files: ExerciseFiles;
  folder: string;
  set: Programs;
}

function expectationOf(folder: string): Expectation {
  if (folder === 'starter' || folder === 'shape') return fails;
  const [kind, name = ''] = folder.split('/');
  return kind === 'mistakes' ? getsHint(hintOfFolder(name)) : passes;
}

/** The libraries of a set's programs: MQTT.js in devices, paho in Python. */
function runWith({ exercise }: ExerciseFiles, set: Programs): string[] {
  const paho = [...set].some(([name, text]) => name.endsWith('.py') && /\bpaho\b/.test(text));
  return [
    exercise.devices.length > 0 ? ownMqttJs() : undefined,
    paho ? ownPaho() : undefined,
  ].filter((one) => one !== undefined);
}

async function runSet(
  { source, files, folder, set }: Run,
  looks: readonly Look[],
  report: Report,
): Promise<void> {
  const where = `${files.id}/${folder} (${source.name})`;
  try {
    const linger =
      looks.length > 0 && [...files.captures.values()].some((one) => one.set === folder);
    const outcome = await runExercise(source, files, set, { linger });
    for (const program of runWith(files, set)) report.ranWith(program);
    const wrong = expectationOf(folder)(outcome.results);
    report.expect(wrong === undefined, where, `${wrong}. It said: ${outcome.output.join(' | ')}`);
    for (const look of looks) await look(files, folder, outcome, report);
  } catch (error) {
    report.failed(where, (error as Error).message);
  }
}

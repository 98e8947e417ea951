/**
 * `npm run hints [-- <slug>…]`: plays the programs of each exercise's `trials.txt`, says which hints they
 * got, and writes the table of `docs/hints.md`: all of it, or the rows of those lessons.
 */
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CheckResult } from '../../sandbox/protocol/exercise.ts';
import { readCourse } from '../check-lessons/course-index.ts';
import { readLesson, type ExerciseFiles } from '../check-lessons/lesson.ts';
import { Pool } from '../check-lessons/pool.ts';
import { Findings } from '../check-lessons/report.ts';
import { memory } from '../check-lessons/rooms/memory.ts';
import { websocket } from '../check-lessons/rooms/websocket.ts';
import { isRunnable, runExercise } from '../check-lessons/run-exercise.ts';
import { undisturbed } from '../check-lessons/undisturbed.ts';
import { pahoPython } from '../test/paho.ts';
import { readTable, rowOf, writeTable, type Row } from './table.ts';
import { readTrials, type Trial } from './trials.ts';

const root = fileURLToPath(new URL('../../lessons', import.meta.url));
const document = fileURLToPath(new URL('../../docs/hints.md', import.meta.url));
const asked = process.argv.slice(2);
pahoPython();
const overTcp = await websocket(root);
const pool = new Pool(3 * availableParallelism());
let wrong = 0;

/** What a program got: nothing if it passed. */
async function play(files: ExerciseFiles, { programs }: Trial) {
  const source = isRunnable(memory, programs) ? memory : overTcp;
  if (!isRunnable(source, programs)) return { passed: false, hints: ['not run'], said: '' };
  const { results, output } = await runExercise(source, files, programs);
  const passed = results.length > 0 && results.every(({ state }) => state === 'true');
  const hints = results.flatMap(({ hint }) => (hint ? [hint] : []));
  const said = hints.map(({ values }) => JSON.stringify(values)).join(' ');
  return { passed, hints: hints.map(({ id }) => id), said: `${said} ${output.join(' | ')}` };
}

/** A program that never ends is judged by what the room said last. */
const safely = (files: ExerciseFiles, trial: Trial) =>
  play(files, trial).catch(({ message }: Error) => {
    const said = /the room says (\[.*?\]);/.exec(message)?.[1];
    const results = said === undefined ? [] : (JSON.parse(said) as CheckResult[]);
    const hints = results.flatMap(({ hint }) => (hint ? [hint.id] : []));
    return { passed: said === undefined && !trial.isRight, hints, said: message.slice(0, 600) };
  });
const isExpected = (trial: Trial, { passed, hints }: Awaited<ReturnType<typeof play>>): boolean =>
  trial.isRight ? passed : !passed && hints.length === 1 && hints[0] === trial.hint;

/** As it came out while the rooms' thread kept its time. */
async function got(files: ExerciseFiles, trial: Trial) {
  let played: Awaited<ReturnType<typeof play>> | undefined;
  await undisturbed(new Findings(), async (report) => {
    played = await safely(files, trial);
    report.expect(isExpected(trial, played), trial.name, 'came out otherwise');
  });
  return { trial, got: played! };
}

/** All at once. */
async function playAll(files: ExerciseFiles, trials: readonly Trial[]): Promise<Row> {
  const row = rowOf(files, trials);
  const played = await Promise.all(trials.map((trial) => pool.run(() => got(files, trial))));
  for (const { trial, got } of played) {
    row.passed += Number(trial.isRight && got.passed);
    row.failed += Number(!trial.isRight && !got.passed);
    const isAsSaid = isExpected(trial, got);
    if (isAsSaid && !trial.isRight) row[trial.isNamed ? 'named' : 'honest'] += 1;
    if (isAsSaid) continue;
    wrong += 1;
    const what = got.passed ? 'passes' : `got ${got.hints.join(', ') || 'no hint'}`;
    console.log(
      `  ✗ ${files.id} ${trial.name}: ${what} instead of ${trial.hint || 'passing'} ${got.said}`,
    );
  }
  const { passed, right, failed, wrong: ways, named, honest } = row;
  console.log(
    `${files.id}: ${passed} of ${right} right pass, ${failed} of ${ways} wrong fail, ${named} named, ${honest} say what was seen`,
  );
  return row;
}

const lessons = await Promise.all(
  [...readCourse(root).written].map(async (slug) => readLesson(root, slug)),
);
const order = lessons.flatMap(({ exercises }) => exercises.map(({ id }) => id));

/** Row by row, so that a run that is broken off loses nothing. */
function keep(row: Row): void {
  const rows = new Map(readTable(document).map((one) => [one.exercise, one])).set(
    row.exercise,
    row,
  );
  writeTable(
    document,
    order.flatMap((id) => rows.get(id) ?? []),
  );
}

const rounds: Promise<void>[] = [];
for (const { exercises } of lessons) {
  for (const files of exercises) {
    if (asked.length > 0 && !asked.some((one) => files.id.startsWith(one))) continue;
    const path = join(root, files.id, 'trials.txt');
    const trials = existsSync(path) ? readTrials(readFileSync(path, 'utf8'), files) : [];
    rounds.push(playAll(files, trials).then(keep));
  }
}
await Promise.all(rounds);
await overTcp.close();
process.exitCode = wrong > 0 ? 1 : 0;

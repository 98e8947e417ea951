/**
 * What passes an exercise, read from its solution as the lesson checker reads it, and done by
 * somebody's hands on the page: a finger (`passing-finger.ts`) or keys alone (`passing-keys.ts`).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  brokerFileNames,
  readLesson,
  type ExerciseFiles,
} from '../scripts/check-lessons/lesson.ts';
import {
  hasInterpreter,
  isOutside,
  playOutside,
} from '../scripts/check-lessons/players/outside.ts';
import { readTerminalScript } from '../scripts/check-lessons/players/terminal-script.ts';
import type { Bench, Place } from './passing-bench.ts';
import { expect } from './course.ts';

/** How somebody does things on the page. Each resolves when the page shows that it is done. */
export interface Hands {
  readonly bench: Bench;
  /** From the lesson's beginning to its exercise. */
  come(): Promise<void>;
  program(file: string, text: string): Promise<void>;
  run(): Promise<void>;
  brokerFile(name: string, text: string): Promise<void>;
  applyFiles(): Promise<void>;
  /** Types a line into a terminal, 1 or 2, and presses Enter. */
  enter(terminal: number, line: string): Promise<void>;
  /** Has the page write the room into the commands for the learner's own computer. */
  fillIn(): Promise<void>;
  /** Back to the exercise, to see what became of it. */
  look(): Promise<void>;
}

const root = fileURLToPath(new URL('../lessons', import.meta.url));

/** `<lesson>/<exercise>` of every exercise, from the disk: one that is new is in it at once. */
export const exerciseIds: readonly string[] = readdirSync(root, { withFileTypes: true })
  .filter((lesson) => lesson.isDirectory())
  .flatMap(({ name: lesson }) =>
    readdirSync(join(root, lesson), { withFileTypes: true })
      .filter(({ name }) => existsSync(join(root, lesson, name, 'exercise.ts')))
      .map(({ name }) => `${lesson}/${name}`),
  )
  .sort();

export async function readExercise(id: string): Promise<ExerciseFiles> {
  const { exercises } = await readLesson(root, id.split('/')[0]!);
  return exercises.find((exercise) => exercise.id === id)!;
}

/** What this machine lacks of what the solution needs, by name; undefined where it has all. */
export function lacking({ solution }: ExerciseFiles): string | undefined {
  for (const [name, text] of solution) {
    if (!isOutside(name)) continue;
    if (!hasInterpreter(name)) return `an interpreter for ${name}`;
    const [client] = /\bmosquitto_(pub|sub|rr)\b/.exec(name.endsWith('.sh') ? text : '') ?? [];
    if (client && spawnSync(client, ['--help']).error) return client;
  }
  return undefined;
}

/** Does all that the solution holds and the starter doesn't, and waits until every check is true. */
export async function pass(hands: Hands, files: ExerciseFiles): Promise<void> {
  const { bench } = hands;
  const { exercise, starter, solution } = files;
  const changed = (name: string) => solution.has(name) && solution.get(name) !== starter.get(name);
  const script = readTerminalScript(solution.get('terminal.sh') ?? '');
  const own = [...solution].filter(([name]) => isOutside(name));

  await hands.come();
  const brokerFiles = brokerFileNames.filter(changed);
  for (const name of brokerFiles) await hands.brokerFile(name, solution.get(name)!);
  const applied = script.applied.length === 0 && brokerFiles.length > 0 ? [[]] : script.applied;
  for (const typed of applied) {
    for (const { terminal, line } of typed) await hands.enter(terminal, line);
    await hands.applyFiles();
  }
  for (const file of exercise.devices.filter(changed)) {
    await hands.program(file, solution.get(file)!);
  }
  let place: Place | undefined;
  if (own.length > 0) place = await bench.placeBy(() => hands.fillIn());
  if (exercise.devices.length > 0) await hands.run();
  for (const { terminal, line } of script.rest) await hands.enter(terminal, line);

  const said: string[] = [];
  const over = new AbortController();
  const players = own.map(([name, program]) =>
    playOutside(name, program, {
      say: (line) => void said.push(line),
      signal: over.signal,
      tcp: place!,
    }),
  );
  try {
    for (const { id } of exercise.checks) {
      await expect(bench.check(id), `${id}; ${said.join('; ')}`).toHaveAttribute(
        'data-state',
        'true',
        { timeout: 30_000 },
      );
    }
    await hands.look();
    // Said in words, where a screen reader hears it.
    await expect(bench.element.locator('.wb-done')).toBeVisible();
  } finally {
    over.abort();
    await Promise.all(players.map(({ done }) => done));
  }
}

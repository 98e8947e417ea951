/**
 * What passes an exercise, read from its solution as the lesson checker reads it, and done by
 * somebody's input on the page: a finger (`touch-input.ts`) or keys alone (`keyboard-input.ts`).
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
  runOutsideProgram,
} from '../scripts/check-lessons/runners/run-outside-program.ts';
import { armedFaultsOf } from '../scripts/check-lessons/armed-faults.ts';
import { readTerminalScript } from '../scripts/check-lessons/runners/terminal-script.ts';
import type { FaultRule } from '../sandbox/protocol/faults.ts';
import type { ExerciseWorkbench, RoomEndpoint } from './exercise-workbench.ts';
import { expect } from './course.ts';

/** How somebody does things on the page. Each resolves when the page shows that it is done. */
export interface InputMethod {
  readonly workbench: ExerciseWorkbench;
  /** From the lesson's beginning to its exercise. */
  come(): Promise<void>;
  program(file: string, text: string): Promise<void>;
  run(): Promise<void>;
  brokerFile(name: string, text: string): Promise<void>;
  applyFiles(): Promise<void>;
  /** In the panel Connection: chooses the fault and arms it. */
  arm(rule: FaultRule): Promise<void>;
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

/** Those whose solution holds a program that runs outside of the page. */
export const exercisesOutside: ReadonlySet<string> = new Set(
  exerciseIds.filter((id) => readdirSync(join(root, id, 'solution')).some(isOutside)),
);

export async function readExercise(id: string): Promise<ExerciseFiles> {
  const { exercises } = await readLesson(root, id.split('/')[0]!);
  return exercises.find((exercise) => exercise.id === id)!;
}

/** What this machine lacks of what the solution needs, by name; undefined if it has all. */
export function lacking({ solution }: ExerciseFiles): string | undefined {
  for (const [name, text] of solution) {
    if (!isOutside(name)) continue;
    if (!hasInterpreter(name)) return `an interpreter for ${name}`;
    const [client] = /\bmosquitto_(pub|sub|rr)\b/.exec(name.endsWith('.sh') ? text : '') ?? [];
    if (client && spawnSync(client, ['--help']).error) return client;
  }
  return undefined;
}

/**
 * Does all that the solution holds and the starter doesn't, and waits until every check is true.
 * @param before what is done at the exercise before anything of it is changed
 */
export async function solveExercise(
  input: InputMethod,
  files: ExerciseFiles,
  before?: () => Promise<void>,
): Promise<void> {
  const { workbench } = input;
  const { exercise, starter, solution } = files;
  const changed = (name: string) => solution.has(name) && solution.get(name) !== starter.get(name);
  const script = readTerminalScript(solution.get('terminal.sh') ?? '');
  const own = [...solution].filter(([name]) => isOutside(name));

  await input.come();
  await before?.();
  const brokerFiles = brokerFileNames.filter(changed);
  for (const name of brokerFiles) await input.brokerFile(name, solution.get(name)!);
  const applied = script.applied.length === 0 && brokerFiles.length > 0 ? [[]] : script.applied;
  for (const typed of applied) {
    for (const { terminal, line } of typed) await input.enter(terminal, line);
    await input.applyFiles();
  }
  for (const file of exercise.devices.filter(changed)) {
    await input.program(file, solution.get(file)!);
  }
  for (const rule of armedFaultsOf(solution)) await input.arm(rule);
  let place: RoomEndpoint | undefined;
  if (own.length > 0) place = await workbench.roomAfter(() => input.fillIn());
  if (exercise.devices.length > 0) await input.run();
  for (const { terminal, line } of script.rest) await input.enter(terminal, line);

  const said: string[] = [];
  const over = new AbortController();
  const runners = own.map(([name, program]) =>
    runOutsideProgram(name, program, {
      log: (line) => void said.push(line),
      signal: over.signal,
      tcp: place!,
    }),
  );
  try {
    for (const { id } of exercise.checks) {
      await expect(workbench.check(id), `${id}; ${said.join('; ')}`).toHaveAttribute(
        'data-state',
        'true',
        { timeout: 30_000 },
      );
    }
    await input.look();
    // Said in words, where a screen reader hears it.
    await expect(workbench.element.locator('.wb-done')).toBeVisible();
  } finally {
    over.abort();
    await Promise.all(runners.map(({ done }) => done));
  }
}

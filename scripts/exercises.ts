/** The lessons' exercises, for the sandbox: `<lesson>/<exercise>` → `lessons/<lesson>/<exercise>/exercise.ts`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Exercise } from '../sandbox/protocol.ts';
import type { ExerciseSource } from '../sandbox/rooms.ts';

/** Looks once what there is, so that a name from outside is only ever compared, never a path. */
export function directoryExercises(
  lessons: string,
  load: (file: string) => Promise<unknown> = (file) => import(pathToFileURL(file).href),
): ExerciseSource {
  const files = new Map(
    readdirSync(lessons, { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/').split('/'))
      .filter((parts) => parts.length === 3 && parts[2] === 'exercise.ts')
      .map(([lesson, exercise, file]) => [
        `${lesson}/${exercise}`,
        join(lessons, lesson!, exercise!, file!),
      ]),
  );
  return {
    async get(name) {
      const file = files.get(name);
      if (!file) return null;
      const { default: exercise } = (await load(file)) as { default: Exercise };
      return exercise;
    },
  };
}

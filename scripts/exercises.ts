/** The lessons' exercises, as the sandbox asks for them: by `<lesson>/<exercise>`. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Exercise } from '../sandbox/protocol/exercise.ts';
import type { ExerciseSource } from '../sandbox/rooms/rooms.ts';

type Load = (path: string) => Promise<{ default: Exercise }>;

const importFile: Load = (path) => import(/* @vite-ignore */ pathToFileURL(path).href);

/**
 * Names come from requests, so they are only looked up among the existing files, never made into a
 * path.
 * @param lessons the folder `lessons/`
 * @param load how a module is loaded; in development by a loader that sees edits
 */
export function exercisesIn(lessons: string, load: Load = importFile): ExerciseSource {
  const find = () =>
    new Map(
      globSync('*/*/exercise.ts', { cwd: lessons }).map((path) => [
        path.replaceAll('\\', '/').replace(/\/exercise\.ts$/, ''),
        join(lessons, path),
      ]),
    );
  const known = find();
  return {
    async get(name) {
      // A lesson that was added since is found in development; at a host's nothing is added.
      const path = known.get(name) ?? (load === importFile ? undefined : find().get(name));
      return path === undefined ? null : (await load(path)).default;
    },
  };
}

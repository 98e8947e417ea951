/** The built course and its sandbox, as `npm start`, the end-to-end tests and the bench run them. */
import { join } from 'node:path';
import { start, type RunningServer } from '../sandbox/server/main.ts';
import { root } from './build.ts';
import { exercisesIn } from './exercises.ts';
import type { HostOptions } from './options.ts';

/** @throws PortError if the HTTP port can't be opened */
export function serve(options: HostOptions): Promise<RunningServer> {
  return start({
    exercises: exercisesIn(join(root, 'lessons')),
    site: join(root, 'dist'),
    data: join(root, '.retained', 'data'),
    ...options,
  });
}

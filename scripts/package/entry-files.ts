/** What starts the course where nothing is built: `retained.mjs`, and the process above the one that serves. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** They stand beside `course.mjs`. */
export const entryFiles = (): { name: string; bytes: Uint8Array }[] =>
  [
    ['retained.mjs', 'retained.mjs'],
    ['supervise.mjs', '../host/supervise.mjs'],
  ].map(([name, path]) => ({ name: name!, bytes: readFileSync(join(import.meta.dirname, path!)) }));

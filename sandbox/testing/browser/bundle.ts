/** The script of the tests of a room in a browser; what `room.ts` exports is in the global `entry`. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { bundleRoom } from '../../../scripts/vendor/room.ts';

const root = resolve(import.meta.dirname, '../../..');
const SOLUTION = `${root}/lessons/first-message/publish/solution/publisher.ts`;

/** A program is a module that runs when it is imported; here it runs with the room's `mqtt`. */
const solution: Plugin = {
  name: 'retained:solution',
  enforce: 'pre',
  resolveId: (id) => (id === './solution.ts' ? '\0solution.ts' : null),
  async load(id) {
    if (id !== '\0solution.ts') return null;
    const program = await readFile(SOLUTION, 'utf8');
    const body = program.replace("import mqtt from 'mqtt';\n", '');
    if (body === program) throw new Error('the solution imports mqtt in another way');
    return `export default async (mqtt) => {\n${body}\n};`;
  },
};

export const bundle = (): Promise<string> =>
  bundleRoom(root, `${import.meta.dirname}/room.ts`, 'entry', [solution]);

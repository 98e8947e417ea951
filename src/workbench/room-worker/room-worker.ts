/** The script of the Web Worker that holds a room (`scripts/vendor/room.ts` bundles it). */
import type { Exercise } from '../../../sandbox/protocol/exercise.ts';
import { serveRoomWorker } from '../../../sandbox/worker/serve-room.ts';

/** Each exercise is a chunk of its own: a page needs one. */
const modules = import.meta.glob<{ default: Exercise }>('/lessons/*/*/exercise.ts');

serveRoomWorker(self, async (name) => {
  const load = modules[`/lessons/${name}/exercise.ts`];
  return load ? (await load()).default : null;
});

/** Two exercises with the same two checks. */
import { packets } from '../../../checks/view.ts';
import type { Exercise } from '../../../protocol/exercise.ts';
import type { ExerciseSource } from '../../../rooms/rooms.ts';

/** Something was published; something is retained. */
const exercise: Exercise = {
  devices: [],
  scene: {},
  checks: [
    {
      id: 'said',
      holds: (view) => packets(view, { kind: 'PUBLISH' }).length > 0,
      hints: [{ id: 'silent', when: () => true }],
    },
    {
      id: 'kept',
      holds: (view) => view.state.retained.length > 0,
      hints: [{ id: 'not-retained', when: () => ({ topic: '=1+1' }) }],
    },
  ],
};

export const testExercises: ExerciseSource = {
  get: async (name) => (['a/one', 'a/two'].includes(name) ? exercise : null),
};

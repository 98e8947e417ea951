/** What the stage reads of an exercise, where nothing runs and nothing can be changed. */
import { FaceBoard } from '../../workbench/faces/face-board.ts';
import { LineConditions } from '../../workbench/room/line-conditions.ts';
import type { ExerciseData } from '../../workbench/store/exercise-data.ts';

/** Who stands on the stage before they have connected. */
export const stageData = ({ devices, actors, retained, files }: ExerciseData) => ({
  ...{ devices, actors, retained, files },
});

export const stageContext = ({ devices }: ExerciseData) => ({
  isReadOnly: true,
  devices: devices.map(({ name }) => name.replace(/\.ts$/, '')),
  conditions: new LineConditions({
    setConditions: () => Promise.reject(new Error('read only')),
    subscribe: () => () => {},
  }),
  // The things of programs are drawn in the page that runs them.
  faces: new FaceBoard({ subscribe: () => () => {}, send: () => {} }),
  model: { on: () => () => {}, checkCount: { passed: 0, all: 0 }, runBegan: 0 },
});

/**
 * The workbench's tests, which also run on a host of plain files below a path, with every broker in its page:
 * `RETAINED_E2E_HOST=static npm run test:e2e` runs them all. What needs the server skips itself and says why.
 * Not here: tests that have a host of plain files of their own (`static-course.ts`), and what is the
 * server's: its process, its headers, its rooms, classes.
 */
export const staticSpecs = [
  'edit*.spec.ts',
  'forced-colours.spec.ts',
  'hostile*.spec.ts',
  'look.spec.ts',
  'origin-plain.spec.ts',
  'panel-*.spec.ts',
  'passing.spec.ts',
  'reading-progress.spec.ts',
  'reading-workbenches.spec.ts',
  'run*.spec.ts',
  'time.spec.ts',
  'two-tabs.spec.ts',
  'workbench-*.spec.ts',
  'workbench/*.spec.ts',
];

/**
 * What `npm test` runs there, beside the exercises, all of which it solves there (`every-exercise.spec.ts`):
 * programs and their errors, messages, a fault on the line, a room that dies. A release runs all.
 */
export const staticSample = [
  'e2e/run.spec.ts',
  'e2e/panel-output.spec.ts',
  'e2e/panel-line.spec.ts',
  'e2e/hostile-room.spec.ts',
];

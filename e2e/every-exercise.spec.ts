/**
 * Every exercise of the course is passed with a finger on a phone, its broker on the server; and with
 * keys alone, its broker in the page, on a host of plain files below a path. What needs a program
 * outside of the page needs the server.
 */
import { expect, test } from './course.ts';
import { test as staticTest } from './static-course.ts';
import {
  exerciseIds,
  exercisesOutside,
  lacking,
  solveExercise,
  readExercise,
} from './solve-exercise.ts';
import { ExerciseWorkbench, expectNoOtherInput, watchInput } from './exercise-workbench.ts';
import { TouchInput } from './touch-input.ts';
import { KeyboardInput } from './keyboard-input.ts';

// Scrolling, tapping or pressing Tab is the only sign of a reader.
for (const one of [test, staticTest]) {
  one.use({ somebody: false });
  one.setTimeout(120_000);
}

test('the course has exercises', () => {
  expect(exerciseIds.length).toBeGreaterThan(0);
});

test.describe('with a finger', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  for (const id of exerciseIds) {
    test(id, async ({ page, context }) => {
      const files = await readExercise(id);
      const lacks = lacking(files);
      test.skip(lacks !== undefined, `this machine has no ${lacks}`);
      await watchInput(context, 'finger');
      const finger = new TouchInput(new ExerciseWorkbench(page, 'en', id));
      await solveExercise(finger, files);
      await finger.reachesAll();
      await expectNoOtherInput(page);
    });
  }
});

test.describe('with keys alone', () => {
  for (const id of exerciseIds) {
    const keys = exercisesOutside.has(id) ? test : staticTest;
    keys(id, async ({ page, context }) => {
      const files = await readExercise(id);
      const lacks = lacking(files);
      test.skip(lacks !== undefined, `this machine has no ${lacks}`);
      await watchInput(context, 'keys');
      await solveExercise(new KeyboardInput(new ExerciseWorkbench(page, 'zh-tw', id)), files);
      await expectNoOtherInput(page);
    });
  }
});

/**
 * Every exercise of the course is run as it is, and passed: with a finger on a phone, its broker on the
 * server; and with keys alone on a small laptop, its broker in the page, on a host of plain files below a
 * path. Of each exercise one is in English and one in Chinese. What needs a program outside of the page
 * needs the server. Each page is opened once, and everything that holds of every exercise is looked at.
 */
import { violations } from './axe.ts';
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
import { expectGivenFolded } from './given-programs.ts';
import { expectInSight, laptops, runStarter } from './in-sight.ts';
import type { Language } from './lesson-page.ts';
import { TouchInput } from './touch-input.ts';
import { KeyboardInput } from './keyboard-input.ts';

// Scrolling, tapping or pressing Tab is the only sign of a reader.
for (const one of [test, staticTest]) {
  one.use({ somebody: false });
  one.setTimeout(180_000);
}
const languageOf = (index: number): Language => (index % 2 ? 'en' : 'zh-tw');

test('the course has exercises', () => {
  expect(exerciseIds.length).toBeGreaterThan(0);
});

test.describe('with a finger', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  for (const [index, id] of exerciseIds.entries()) {
    test(id, async ({ page, context }) => {
      const files = await readExercise(id);
      const lacks = lacking(files);
      test.skip(lacks !== undefined, `this machine has no ${lacks}`);
      const colorScheme = index % 4 < 2 ? 'light' : 'dark';
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await watchInput(context, 'finger');
      const workbench = new ExerciseWorkbench(page, languageOf(index), id);
      const finger = new TouchInput(workbench);
      await solveExercise(finger, files, async () => {
        await expectGivenFolded(workbench, files, (what) => what.tap());
        await runStarter(workbench, () => finger.run());
        if (await workbench.run.isVisible()) await expectInSight(workbench, 'ran');
      });
      await expectInSight(workbench, 'passed');
      await finger.reachesAll();
      await expectNoOtherInput(page);
      expect(await violations(page)).toEqual([]);
    });
  }
});

test.describe('with keys alone', () => {
  for (const one of [test, staticTest]) one.use({ viewport: laptops[0]! });
  for (const [index, id] of exerciseIds.entries()) {
    const keysTest = exercisesOutside.has(id) ? test : staticTest;
    keysTest(id, async ({ page, context }) => {
      const files = await readExercise(id);
      const lacks = lacking(files);
      test.skip(lacks !== undefined, `this machine has no ${lacks}`);
      await watchInput(context, 'keys');
      const workbench = new ExerciseWorkbench(page, languageOf(index + 1), id);
      const keys = new KeyboardInput(workbench);
      await solveExercise(keys, files, async () => {
        await expectGivenFolded(workbench, files, (what) => keys.press(what));
        await runStarter(workbench, () => keys.run());
        await expectInSight(workbench, 'ran', laptops);
      });
      await expectInSight(workbench, 'passed', laptops);
      await expectNoOtherInput(page);
    });
  }
});

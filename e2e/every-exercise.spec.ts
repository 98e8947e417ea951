/** Every exercise of the course is passed with a finger on a phone, and with keys alone. */
import { expect, test } from './course.ts';
import { exerciseIds, lacking, pass, readExercise } from './passing.ts';
import { Bench, expectNoOtherHands, watchHands } from './passing-bench.ts';
import { Finger } from './passing-finger.ts';
import { Keys } from './passing-keys.ts';

// Whoever scrolls, taps or presses Tab is somebody: no other sign of a reader is given.
test.use({ somebody: false });
test.setTimeout(120_000);

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
      await watchHands(context, 'finger');
      const finger = new Finger(new Bench(page, 'en', id));
      await pass(finger, files);
      await finger.reachesAll();
      await expectNoOtherHands(page);
    });
  }
});

test.describe('with keys alone', () => {
  for (const id of exerciseIds) {
    test(id, async ({ page, context }) => {
      const files = await readExercise(id);
      const lacks = lacking(files);
      test.skip(lacks !== undefined, `this machine has no ${lacks}`);
      await watchHands(context, 'keys');
      await pass(new Keys(new Bench(page, 'zh-tw', id)), files);
      await expectNoOtherHands(page);
    });
  }
});

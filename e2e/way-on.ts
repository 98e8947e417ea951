/** What stands in the window once an exercise is passed, without a scroll: the check strip and the ways on. */
import { expect } from './course.ts';
import type { ExerciseWorkbench } from './exercise-workbench.ts';

export async function expectWayOn({ element }: ExerciseWorkbench): Promise<void> {
  const ways = element.locator('.wb-ways > a');
  await expect(ways.first()).toBeVisible();
  // Read on, and another exercise, the next lesson, or the ending.
  await expect(ways).toHaveCount(2);
  const marks = element.locator('.wb-checks .wb-check-mark');
  const parts = [element.locator('.wb-done'), ...(await marks.all()), ...(await ways.all())];
  for (const part of parts) await expect(part).toBeInViewport({ ratio: 0.99 });
}

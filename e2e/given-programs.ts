/** Programs that the solution leaves as they are: folded if all are, else behind those to be changed. */
import type { Locator } from '@playwright/test';
import type { ExerciseFiles } from '../scripts/check-lessons/lesson.ts';
import { expect } from './course.ts';
import type { ExerciseWorkbench } from './exercise-workbench.ts';

/** @param press a finger's tap, or Tab and Enter */
export async function expectGivenFolded(
  workbench: ExerciseWorkbench,
  { exercise: { devices }, starter, solution }: ExerciseFiles,
  press: (what: Locator) => Promise<void>,
): Promise<void> {
  if (devices.length === 0) return;
  const { element } = workbench;
  const isGiven = (file: string) => solution.get(file) === starter.get(file);
  const fold = element.locator('.wb-fold');
  if (!devices.every(isGiven)) {
    await expect(fold).toBeHidden();
    const shown = element.locator('.wb-file[aria-selected="true"], span.wb-file');
    await expect(shown).toHaveAttribute(
      'data-file',
      devices.find((file) => !isGiven(file))!,
    );
    await expect(element.locator('.wb-given')).toHaveCount(devices.filter(isGiven).length);
    return;
  }
  const line = workbench.editor.locator('.view-line, .cm-line').first();
  await expect(fold).toHaveAccessibleName(workbench.word('workbench.code.given'));
  await expect(fold).toHaveAttribute('aria-expanded', 'false');
  await expect(line).toBeHidden();
  await press(fold);
  await expect(fold).toHaveAttribute('aria-expanded', 'true');
  await expect(line).toBeVisible();
  await expect(line).not.toBeEmpty();
  await press(fold);
  await expect(line).toBeHidden();
}

/** What a pass shows at its longest is in the window without a scroll; every-exercise.spec.ts has the rest. */
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from './course.ts';
import { ExerciseWorkbench } from './exercise-workbench.ts';
import { expectInSight } from './in-sight.ts';

/** Their sentences, verdicts and programs are the longest. */
for (const [id, prediction, size] of [
  ['client-id/same-id', 'second', [1366, 768]],
  ['last-will/presence', 'plug', [1280, 720]],
  ['publish-subscribe/two-devices', 'late', [390, 844]],
] as const) {
  const [width, height] = size;
  test.describe(`after a pass, ${width} × ${height}`, () => {
    test.use({ viewport: { width, height }, hasTouch: width < 500, isMobile: width < 500 });
    test(`${id}: what was proved, the verdict and the ways on are in sight`, async ({ page }) => {
      const [lesson] = id.split('/');
      const folder = new URL(`../lessons/${id}/solution/`, import.meta.url);
      const drafts = readdirSync(folder).map((file): [string, string] => [
        `retained:draft:${id}:${file}`,
        readFileSync(new URL(file, folder), 'utf8'),
      ]);
      const outcome = { answer: 1, values: { first: 'kitchen', at: '1.234' } };
      drafts.push([`retained:outcome:${lesson}/${prediction}`, JSON.stringify(outcome)]);
      await page.addInitScript((all) => {
        if (parent !== window) return;
        for (const [key, text] of all) localStorage.setItem(key, text);
      }, drafts);
      const workbench = new ExerciseWorkbench(page, 'en', id);
      await workbench.goto();
      await page.locator(`#predict-${prediction} input`).first().check();
      await workbench.element.evaluate((one) => one.scrollIntoView());
      await workbench.ready();
      await workbench.run.click();
      const { element } = workbench;
      await expect(element.locator('.wb-ways')).toBeVisible({ timeout: 30_000 });
      await expect(element.locator('.wb-passing > .wb-verdict')).toBeVisible();
      await expectInSight(workbench, 'passed');
    });
  });
}

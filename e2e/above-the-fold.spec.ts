/**
 * Every exercise, opened and run, on the two small screens that schools have: toolbar, checks and
 * the dock stand whole in the window, and the column beside the text does not scroll.
 */
import { readFileSync, readdirSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import { expect, test } from './course.ts';
import { ExerciseWorkbench } from './exercise-workbench.ts';
import type { Language } from './lesson-page.ts';
import { exerciseIds } from './solve-exercise.ts';

test.setTimeout(240_000);

/** Their programs wait for somebody outside: until then no check has anything to say. */
const waiting = new Set(['python/lamp', 'python/listen']);

const boxOf = async (part: Locator, what: string) => {
  const box = await part.boundingBox();
  expect(box, what).not.toBeNull();
  return box!;
};

for (const [language, width, height] of [
  ['en', 1366, 768],
  ['zh-tw', 1280, 720],
] as [Language, number, number][]) {
  test.describe(`${width} × ${height}`, () => {
    test.use({ viewport: { width, height } });
    // A step that waits for ever says where, and not only that the test took long.
    test.use({ actionTimeout: 30_000, navigationTimeout: 60_000 });

    for (const id of exerciseIds)
      test(`${id}: nothing that it needs is below the fold`, async ({ page }) => {
        const workbench = new ExerciseWorkbench(page, language, id);
        await workbench.goto();
        await page.mouse.move(8, 8);
        const place = page.locator('.workbench-place', { has: workbench.element });
        await place.evaluate((one) => one.scrollIntoView());
        // Of two exercises the one whose part was reached is shown, or the one that is chosen.
        const tab = page.locator(`.exercise-tabs a[href="#${await place.getAttribute('id')}"]`);
        const beside = exerciseIds.filter((one) => one.split('/')[0] === id.split('/')[0]);
        // Not by the pointer: on its way there it may scroll the text, and so change the exercise that
        // is shown, and with it the tab that it is on its way to.
        if (beside.length > 1) await tab.filter({ visible: true }).dispatchEvent('click');
        await workbench.ready();
        const { element } = workbench;
        await expect(element).toBeVisible();
        if (await workbench.run.isVisible()) {
          await workbench.run.click();
          const ran = /^(running|busy|finished|failed)$/;
          await expect(element.locator('.wb-state')).toHaveAttribute('data-state', ran);
          const hint = element.locator('.wb-hint:visible, .wb-done:visible');
          if (!waiting.has(id)) await expect(hint.first()).toBeVisible();
        }
        const toolbar = element.locator('.wb-toolbar');
        const checks = element.locator('.wb-checks');
        const dock = element.locator('.wb-dock');
        const whole = [toolbar, checks, dock, ...(await checks.locator('.wb-check-mark').all())];
        // The next check's sentence and hint.
        whole.push(
          ...(await checks.locator('[data-shown] :is(.wb-check-sentence, .wb-hint)').all()),
        );
        for (const part of whole) {
          if (!(await part.isVisible())) continue;
          const { y, height: high } = await boxOf(part, 'a part');
          expect(y, `${part}`).toBeGreaterThanOrEqual(0);
          // A pixel may be shared by two parts.
          expect(y + high, `${part}`).toBeLessThanOrEqual(height + 1);
        }
        const hold = element.locator('xpath=..');
        expect(await hold.evaluate((one) => one.scrollHeight - one.clientHeight)).toBe(0);
        expect(await checks.evaluate((one) => one.scrollHeight - one.clientHeight)).toBe(0);
        const column = await boxOf(hold, 'column');
        const { height: docked } = await boxOf(dock, 'dock');
        expect(docked / column.height, 'the share of the dock').toBeGreaterThanOrEqual(0.45);

        const front = element.locator('.wb-panel-body:visible');
        await expect(front).toHaveCount(1);
        await expect(front).not.toHaveAttribute('aria-busy', 'true');
        const rows = front.locator('.wb-packet');
        if ((await rows.count()) === 0) return;
        const list = await boxOf(front.locator('.wb-packets-list'), 'list');
        const row = await boxOf(rows.first(), 'row');
        expect(list.height / row.height, 'rows in the dock').toBeGreaterThanOrEqual(6);
        expect(list.y + 6 * row.height, 'the sixth row').toBeLessThanOrEqual(height);
      });
  });
}

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
      const parts = element.locator('.wb-done, .wb-passing > .wb-verdict, .wb-ways > a');
      await expect(parts).toHaveCount(4);
      for (const part of await parts.all()) await expect(part).toBeInViewport({ ratio: 1 });
    });
  });
}

import { violations } from './axe.ts';
import { expect, test } from './course.ts';
import { LessonPage, program, type Language } from './lesson-page.ts';

for (const language of ['en', 'zh-tw'] as Language[]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${language}, ${colorScheme}: axe finds nothing on the lesson, run and green`, async ({
      page,
    }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const lesson = new LessonPage(page, language);
      await lesson.open();
      await lesson.write(program('solution'));
      await lesson.run();
      await lesson.expectAllTrue();
      expect(await violations(page)).toEqual([]);
    });
  }
  test(`${language}: nothing scrolls sideways at 390 px`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    const lesson = new LessonPage(page, language);
    await lesson.open();
    const overflow = () =>
      page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
    expect(await overflow()).toBe(0);
    await lesson.write(program('solution'));
    await lesson.run();
    await lesson.expectAllTrue();
    expect(await overflow()).toBe(0);
    await page.goto(`${language}/`);
    expect(await overflow()).toBe(0);
  });
}

test('a phone shows every line of a lesson’s code whole', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const id of ['python-publish', 'command-line', 'mqtt5-shared']) {
    await page.goto(`en/${id}/`);
    const hidden = await page
      .locator('.code-block pre')
      .evaluateAll((all) => all.map((one) => one.scrollWidth - one.clientWidth));
    expect(hidden.length, id).toBeGreaterThan(0);
    expect(Math.max(...hidden), id).toBe(0);
  }
});

test('nothing moves when the editor takes the place of the text', async ({ page }) => {
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
        shifts.push(entry.value);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const lesson = new LessonPage(page);
  await lesson.open();
  const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts);
  // web.dev calls 0.1 good; a line that moves by itself is more than 0.01.
  expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.01);
});

/** The longest programs, the most checks, and panels that want to be high. */
const full = [
  'first-message',
  'users-and-passwords',
  'last-will',
  'sessions',
  'qos-1',
  'python-publish',
];
/** Of them those whose programs the solution leaves as they are. */
const given = new Set(['users-and-passwords', 'qos-1', 'python-publish']);
for (const [width, height] of [
  [1440, 900],
  [1920, 1080],
] as const)
  test(`${width} × ${height}: a run is seen without scrolling`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    for (const id of full) {
      await page.goto(`en/${id}/`);
      const workbench = page.locator('mqtt-workbench').first();
      const code = workbench.locator('.wb-code');
      await expect(code).not.toHaveAttribute('aria-busy', 'true');
      const boxOf = async (part: string) => (await workbench.locator(part).boundingBox())!;
      const [checks, head] = [await boxOf('.wb-checks'), await boxOf('.wb-panel-bar')];
      // Nine lines of 22 px at least; one that opens them where nobody has to change them.
      if (given.has(id)) await expect(code, id).toBeHidden();
      else expect((await boxOf('.wb-code')).height, id).toBeGreaterThanOrEqual(9 * 22);
      expect(checks.y + checks.height, id).toBeLessThanOrEqual(head.y + 1);
      // The head, and 11rem of the panel.
      expect(head.y + head.height + 176, id).toBeLessThanOrEqual(height);
    }
  });

test('where everything has room nothing scrolls, not by a pixel', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('en/retained/');
  await expect(page.locator('.wb-code')).not.toHaveAttribute('aria-busy', 'true');
  const hold = page.locator('.workbench-hold').first();
  expect(await hold.evaluate((one) => one.scrollHeight - one.clientHeight)).toBe(0);
});

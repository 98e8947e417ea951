import AxeBuilder from '@axe-core/playwright';
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
      // The editor is Monaco's own; its accessibility is a mode that its users switch on.
      const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`)).toEqual(
        [],
      );
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
    await page.goto(`/${language}/`);
    expect(await overflow()).toBe(0);
  });
}

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
  // 0.1 is what web.dev calls good; a line that moves by itself is more than 0.01.
  expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.01);
});

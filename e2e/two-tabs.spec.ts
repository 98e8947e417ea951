/** The learner's program is kept by the browser: in two tabs, and if there is no room for it. */
import { expect, isStatic, test } from './course.ts';
import { LessonPage } from './lesson-page.ts';

test('an older tab shows what the newer one wrote, and never overwrites it', async ({ page }) => {
  const one = new LessonPage(page);
  await one.open();
  const two = new LessonPage(await page.context().newPage());
  await two.open();
  await page.bringToFront();
  await one.write('// an hour of work\n');
  await two.page.bringToFront();
  await expect(two.editor).toContainText('an hour of work');
  await expect(two.notices).toContainText('publisher.ts was changed in another tab');
  await two.editor.locator('.view-lines').click();
  await two.page.keyboard.press('ControlOrMeta+End');
  await two.page.keyboard.type('// and more');
  await page.bringToFront();
  await expect(one.editor).toContainText('and more');
  await page.reload();
  await one.editorReady();
  await expect(one.editor).toContainText('an hour of work');
  await expect(one.editor).toContainText('and more');
});

test('Undo restores what stood here, in both tabs', async ({ page }) => {
  const one = new LessonPage(page);
  await one.open();
  await one.write('// mine\n');
  const two = new LessonPage(await page.context().newPage());
  await two.open();
  await two.write('// of another tab\n');
  await page.bringToFront();
  await expect(one.editor).toContainText('of another tab');
  await one.button('undo').click();
  await expect(one.editor).toContainText('// mine');
  await two.page.bringToFront();
  await expect(two.editor).toContainText('// mine');
});

test('a program that the browser cannot store has one notice', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write('// kept\n');
  await expect.poll(() => page.evaluate(() => localStorage.length)).toBeGreaterThan(0);
  await page.evaluate(() => {
    for (const size of [1 << 20, 1024, 1])
      try {
        for (let n = 0; ; n++) localStorage.setItem(`other-${size}-${n}`, 'x'.repeat(size));
      } catch {
        // Full.
      }
  });
  await lesson.write(`// an hour of work ${'y'.repeat(300)}\n`);
  const notice = lesson.notices.getByText('The browser can’t keep your program');
  await expect(notice).toBeVisible();
  await lesson.notices.getByRole('button', { name: 'Close' }).click();
  await lesson.write(`// another ${'y'.repeat(300)}\n`);
  await expect(lesson.editor).toContainText('another');
  // It is saved now.
  await page.evaluate(() => dispatchEvent(new Event('pagehide')));
  await expect(notice).toHaveCount(0);
});

test('a copied tab has a broker of its own, and says nothing of a page that died', async ({
  page,
}) => {
  const one = new LessonPage(page);
  await one.open();
  await one.write("console.log('in the first tab');\nsetInterval(() => {}, 1_000);\n");
  await one.run();
  await expect(one.output).toContainText('in the first tab');
  // As “Duplicate tab” does: what is opened from here has a copy of this tab's store.
  const [copy] = await Promise.all([
    page.context().waitForEvent('page'),
    page.evaluate(() => void window.open(location.href)),
  ]);
  const two = new LessonPage(copy);
  await two.editorReady();
  const room = (of: LessonPage) =>
    of.page.evaluate(() => sessionStorage.getItem('retained:room:first-message/publish'));
  await expect.poll(() => room(two)).toBeNull();
  await two.write("console.log('in the copy');\n");
  await two.run();
  await two.expectState('finished');
  // In a page a room has no address that a tab could keep.
  if (isStatic) expect(await room(one)).toBeNull();
  else expect(await room(two)).not.toBe(await room(one));
  await expect(two.notices).not.toContainText('The page died');
  await expect(one.output).toContainText('in the first tab');
  await one.expectState('running');
});

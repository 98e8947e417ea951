import { expect, test } from './course.ts';
import { program } from './lesson-page.ts';
import { WorkbenchPage } from './workbench-page.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test('on a phone: typed with a finger, run, seen green, and nothing wider than the screen', async ({
  page,
}) => {
  const lesson = new WorkbenchPage(page);
  await page.goto('en/first-message/');
  await lesson.workbench.scrollIntoViewIfNeeded();
  const text = lesson.workbench.getByRole('textbox', { name: 'publisher.ts' });
  await expect(text).toBeVisible({ timeout: 30_000 });
  await text.tap();
  await expect(text).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(program('solution').replace('Hello, MQTT!', 'by thumb'));
  await lesson.workbench.getByRole('button', { name: lesson.word('run'), exact: true }).tap();
  await lesson.expectAllTrue();
  await expect(lesson.messages).toContainText('by thumb');

  // The menu at the thumb opens upwards and stays on the screen.
  await lesson.workbench
    .getByRole('button', { name: lesson.word('more'), exact: true })
    .first()
    .tap();
  for (const item of await lesson.workbench.getByRole('menuitem').all()) {
    await expect(item).toBeInViewport({ ratio: 1 });
  }
  await page.keyboard.press('Escape');
  const { width, screen } = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    screen: document.documentElement.clientWidth,
  }));
  expect(width).toBeLessThanOrEqual(screen);

  // A mistake is written under its line.
  await text.tap();
  await expect(text).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('const a = ;');
  await lesson.workbench.getByRole('button', { name: lesson.word('run'), exact: true }).tap();
  await expect(lesson.workbench.locator('.retained-problem-note')).toContainText(
    'Expression expected',
  );
});

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
  await page.locator('.wb-sheet-close').tap();
  await text.tap();
  await expect(text).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('const a = ;');
  await lesson.workbench.getByRole('button', { name: lesson.word('run'), exact: true }).tap();
  await expect(lesson.workbench.locator('.retained-problem-note')).toContainText(
    'Expression expected',
  );
});

test('after Run a sheet shows the checks and what the listener heard; the program puts it back', async ({
  page,
}) => {
  const lesson = new WorkbenchPage(page);
  await page.goto('en/first-message/');
  await lesson.workbench.scrollIntoViewIfNeeded();
  const text = lesson.workbench.getByRole('textbox', { name: 'publisher.ts' });
  await expect(text).toBeVisible({ timeout: 30_000 });
  // A snippet of the lesson goes to the place of the comment.
  await page.getByRole('button', { name: 'Put into my program' }).tap();
  await expect(text).toContainText("await client.publishAsync('hello/mqtt'");
  // The signs keep the focus in the program.
  await text.tap();
  await page.keyboard.press('ControlOrMeta+End');
  const keys = lesson.workbench.getByRole('group', { name: 'Signs for the program' });
  for (const sign of ['{', '}', ';']) await keys.getByRole('button', { name: sign }).tap();
  await expect(text).toBeFocused();
  await expect(text).toContainText('{};');
  await page.keyboard.press('Enter');
  for (let line = 0; line < 12; line += 1) await page.keyboard.press('Enter');
  const caret = () =>
    page.evaluate(() => {
      const range = getSelection()!.getRangeAt(0);
      const node = range.startContainer;
      const element = node instanceof Element ? node : node.parentElement!;
      return element.closest('.cm-line')!.getBoundingClientRect().bottom;
    });
  // The page scrolls it there a moment later.
  await expect
    .poll(async () => (await caret()) - (await keys.boundingBox())!.y)
    .toBeLessThanOrEqual(0);

  const sheet = lesson.workbench.locator('.wb-sheet');
  await lesson.workbench.getByRole('button', { name: lesson.word('run'), exact: true }).tap();
  await expect(sheet).toHaveAttribute('data-open', '');
  await lesson.expectAllTrue();
  const heard = lesson.workbench.locator('.wb-heard');
  for (const part of ['.wb-done', '.wb-ways', '.wb-console'])
    await expect(sheet.locator(part)).toBeInViewport({ ratio: 1 });
  await expect(heard).toContainText('Hello');
  await text.tap({ position: { x: 40, y: 12 } });
  await expect(sheet).not.toHaveAttribute('data-open', '');
});

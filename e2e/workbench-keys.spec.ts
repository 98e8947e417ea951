import { expect, test } from './course.ts';
import { program } from './lesson-page.ts';
import { WorkbenchPage } from './workbench-page.ts';

test('an exercise is done by keyboard alone: into the editor, out of it, run, stop', async ({
  page,
}) => {
  const lesson = new WorkbenchPage(page);
  await lesson.openLesson('publish-subscribe');
  await lesson.button('run').focus();
  await page.keyboard.press('F6');
  await page.keyboard.type('// typed\n');
  await expect(lesson.editor).toContainText('// typed');
  // Escape closes what the editor has open, and only then leads out.
  await page.keyboard.press('Control+Space');
  await expect(lesson.editor.locator('.suggest-widget')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(lesson.editor.locator('.suggest-widget')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(lesson.button('run')).toBeFocused();

  await page.keyboard.press('Alt+PageDown');
  await expect(lesson.tab('phone.ts')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Alt+Enter');
  await lesson.expectDevice('phone.ts', 'running');
  await lesson.expectDevice('thermometer.ts', 'off');
  await page.keyboard.press('Control+Shift+Enter');
  await lesson.expectState('stopped');
  await page.keyboard.press('Control+Enter');
  await lesson.expectDevice('thermometer.ts', 'running');

  // F6 goes round: editor, checks, panels, and back to the toolbar.
  const focused = () => page.evaluate(() => document.activeElement?.closest('[class]')?.className);
  await page.keyboard.press('F6');
  await page.keyboard.press('F6');
  expect(await focused()).toContain('wb-checks');
  await page.keyboard.press('F6');
  expect(await focused()).toContain('wb-panel-tab');
  await page.keyboard.press('F6');
  await expect(lesson.workbench.locator('.wb-run')).toBeFocused();
});

test('the keys stand in the page’s own list', async ({ page }) => {
  const lesson = new WorkbenchPage(page);
  await lesson.open();
  await lesson.more('keys.open');
  const list = page.getByRole('dialog');
  await expect(list).toContainText('Next program');
  await expect(list.locator('kbd', { hasText: 'F6' }).first()).toBeVisible();
});

test('what turns true is announced, and a menu is operated by its keys', async ({ page }) => {
  const lesson = new WorkbenchPage(page);
  await lesson.open();
  await lesson.write(program('solution'));
  await lesson.run();
  await lesson.expectAllTrue();
  const said = lesson.workbench.getByRole('status').filter({ hasText: '3 of 3 true' });
  await expect(said).not.toHaveCount(0);
  const more = lesson.workbench.getByRole('button', { name: lesson.word('more') }).first();
  await more.focus();
  await page.keyboard.press('ArrowDown');
  await expect(lesson.workbench.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(lesson.workbench.getByRole('menuitem').last()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(more).toBeFocused();
});

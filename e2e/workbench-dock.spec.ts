/** The regions of the workbench beside the lesson: the divider, the checks, the output as a tab. */
import type { Locator } from '@playwright/test';
import { expect, test } from './course.ts';
import { program } from './lesson-page.ts';
import { WorkbenchPage } from './workbench-page.ts';

test.use({ viewport: { width: 1366, height: 768 } });

const height = async (part: Locator) => (await part.boundingBox())!.height;

test('a run makes the dock high, a click into the program gives its height back', async ({
  page,
}) => {
  const lesson = new WorkbenchPage(page);
  await lesson.open();
  const code = lesson.workbench.locator('.wb-code');
  const first = await height(code);
  await lesson.run();
  await lesson.expectState('finished');
  await expect.poll(() => height(code)).toBeLessThan(first - 40);
  await lesson.editor.locator('.view-lines').click();
  await expect.poll(() => height(code)).toBe(first);
});

test('the divider moves by pointer and by keys, and stands there after a reload', async ({
  page,
}) => {
  const lesson = new WorkbenchPage(page);
  await lesson.open();
  const divider = lesson.workbench.getByRole('separator', { name: lesson.word('dock.divider') });
  const dock = lesson.workbench.locator('.wb-dock');
  const first = await height(dock);
  const { x, y, width } = (await divider.boundingBox())!;
  await page.mouse.move(x + width / 2, y + 3);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + 43, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.abs((await height(dock)) - (first - 40))).toBeLessThan(8);

  const value = async () => Number(await divider.getAttribute('aria-valuenow'));
  const before = await value();
  await divider.focus();
  await page.keyboard.press('ArrowUp');
  await expect.poll(value).toBe(before + 4);
  const moved = await height(dock);
  await page.reload();
  await lesson.editorReady();
  await expect.poll(() => height(dock)).toBe(moved);
  // A double click forgets it.
  await divider.dblclick();
  await expect.poll(async () => Math.abs((await height(dock)) - first)).toBeLessThan(2);
});

test('one check is shown with its hint, each other one at a click on its mark', async ({
  page,
}) => {
  const lesson = new WorkbenchPage(page);
  await lesson.open();
  await lesson.run();
  await lesson.expectState('finished');
  const published = lesson.check('published');
  const connected = lesson.check('connected');
  await expect(connected).toHaveAttribute('data-state', 'true');
  const wide = async (check: Locator) => (await height(check.locator('.wb-check-words'))) > 10;
  await expect.poll(() => wide(published)).toBe(true);
  await expect(published.locator('.wb-hint')).toBeVisible();
  expect(await wide(connected)).toBe(false);
  await connected.getByRole('button').click();
  expect(await wide(connected)).toBe(true);
  expect(await wide(published)).toBe(false);
  await expect(connected.getByRole('button')).toHaveAttribute('aria-pressed', 'true');
});

test('on a low screen the output is a tab, and comes to the front if a program fails', async ({
  page,
}) => {
  const lesson = new WorkbenchPage(page);
  await lesson.open();
  const tab = lesson.workbench.getByRole('tab', { name: lesson.word('panel.output'), exact: true });
  await expect(lesson.output).toBeHidden();
  await lesson.run();
  await lesson.expectState('finished');
  await expect(tab).toContainText(/[1-9]/);
  await tab.click();
  await expect(lesson.output).toContainText('Connected to the broker.');
  await lesson.panel('packets');
  await lesson.write(`${program('starter')}\nnull!.fail();\n`);
  await lesson.run();
  await expect(lesson.output).toBeVisible();
  await expect(tab).toHaveAttribute('aria-selected', 'true');
  // The next run begins with the tab that the learner had chosen.
  await lesson.write(program('starter'));
  await lesson.run();
  await expect(lesson.packets).toBeVisible();
});

test('a packet in full stands beside the list, whole in the window', async ({ page }) => {
  const lesson = new WorkbenchPage(page);
  await lesson.open();
  await lesson.run();
  await lesson.expectState('finished');
  const row = lesson.packet(/CONNECT/).first();
  await row.click();
  const detail = lesson.workbench.getByRole('group', { name: lesson.word('detail'), exact: true });
  await expect(detail).toBeInViewport({ ratio: 1 });
  const [list, beside] = [(await lesson.packets.boundingBox())!, (await detail.boundingBox())!];
  expect(beside.x).toBeGreaterThanOrEqual(list.x + list.width - 1);
  // A narrower list has other rows: the selected one is still in sight.
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await expect(row).toBeInViewport({ ratio: 0.9 });
});

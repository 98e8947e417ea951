/** The regions of the workbench beside the lesson: the divider, the checks, the output as a tab. */
import type { Locator } from '@playwright/test';
import { violations } from './axe.ts';
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
  await expect(detail).toContainText(/CONNECT · \d+ bytes/);
  await expect(detail).toContainText('1 (CONNECT)');
  const [list, beside] = [(await lesson.packets.boundingBox())!, (await detail.boundingBox())!];
  expect(beside.x).toBeGreaterThanOrEqual(list.x + list.width - 1);
  // A narrower list has other rows: the selected one is still in sight.
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await expect(row).toBeInViewport({ ratio: 0.9 });
});

test('two docks stand side by side where a window is wide: chosen by keys, remembered, and put back', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.addInitScript((text) => {
    if (parent !== window) return;
    localStorage.setItem('retained:draft:first-message/publish:publisher.ts', text);
  }, program('solution'));
  const lesson = new WorkbenchPage(page);
  await lesson.open();
  const { workbench } = lesson;
  const packetsName = lesson.word('panel.packets');
  await workbench.getByRole('button', { name: `Put ${packetsName} beside the tabs` }).focus();
  await page.keyboard.press('Enter');
  const second = workbench.getByRole('group', { name: 'Second panel' });
  const packets = second.getByRole('group', { name: lesson.word('packets'), exact: true });
  await expect(packets).toBeVisible();
  await expect(workbench.getByRole('tab', { name: packetsName, exact: true })).toHaveCount(0);
  const stage = workbench.getByRole('tabpanel', { name: lesson.word('panel.stage'), exact: true });
  await lesson.run();
  await lesson.expectState('finished');
  // A row may end at half a pixel.
  await expect(lesson.packet(/PUBLISH/).last()).toBeInViewport({ ratio: 0.95 });
  await expect(stage.locator('.wb-stage-client').first()).toBeInViewport({ ratio: 0.95 });
  expect((await stage.boundingBox())!.x).toBeLessThan((await second.boundingBox())!.x);
  // The time line stands below the stage, and moves both.
  const time = workbench.locator('.wb-time-slider');
  const lower = async () => (await time.boundingBox())!.y - (await stage.boundingBox())!.y;
  expect(await lower()).toBeGreaterThan(0);
  expect(await violations(page, '.wb-dock')).toEqual([]);

  // Another panel by the choice; both are there after a reload.
  await second.getByRole('combobox').selectOption('broker');
  await page.reload();
  await lesson.editorReady();
  await expect(
    second.getByRole('group', { name: lesson.word('panel.broker'), exact: true }),
  ).toBeVisible();
  // A narrower window has one dock, and a wide one both again.
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(second).toHaveCount(0);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await expect(second).toBeVisible();
  await second.getByRole('button', { name: /back among the tabs/ }).click();
  await expect(second).toHaveCount(0);
  const broker = workbench.getByRole('tab', { name: lesson.word('panel.broker'), exact: true });
  await expect(broker).toHaveAttribute('aria-selected', 'true');
  await expect(broker).toBeFocused();
  // The output has its place again; beside a long topic a message keeps its words whole.
  const message = lesson.messages.first();
  await expect(message).toBeVisible();
  await message
    .locator('.wb-topic')
    .evaluate((topic) => (topic.textContent = 'factory/hall-3/line-7/press-2/temperature'));
  expect(await height(message.locator('.wb-message-payload'))).toBeLessThan(30);
});

test('a panel has the whole column, or a window of its own that goes on with the run', async ({
  page,
}) => {
  const lesson = new WorkbenchPage(page);
  await lesson.open();
  const { workbench } = lesson;
  const code = workbench.locator('.wb-code');
  const large = workbench.getByRole('button', { name: 'Panels as high as the column' });
  const before = await height(workbench.locator('.wb-dock'));
  await large.click();
  await expect(large).toHaveAttribute('aria-pressed', 'true');
  await expect(code).toBeHidden();
  expect(await height(workbench.locator('.wb-dock'))).toBeGreaterThan(before + 150);
  await large.click();
  await expect(code).toBeVisible();

  await lesson.panel('stage');
  const name = lesson.word('panel.stage');
  const [own] = await Promise.all([
    page.waitForEvent('popup'),
    workbench.getByRole('button', { name: `${name} in a window of its own` }).click(),
  ]);
  const there = own.getByRole('group', { name: 'The stage' });
  await expect(there).toBeVisible();
  await expect(workbench.getByText('This panel is in a window of its own.')).toBeVisible();
  await lesson.run();
  await lesson.expectState('finished');
  await expect(there.locator('.wb-stage-client[data-role="subscriber"]')).toHaveAttribute(
    'data-status',
    'connected',
  );
  // Its styles and the theme come with it.
  const [there1, here1] = await Promise.all(
    [own, page].map((one) => one.evaluate(() => getComputedStyle(document.body).backgroundColor)),
  );
  expect(there1).toBe(here1);
  await own.close();
  await expect(workbench.locator('.wb-stage')).toBeVisible();
});

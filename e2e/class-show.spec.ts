/** “Show my wire”: the teacher's own run on every screen, to read only; the learner's own work is untouched. */
import type { FrameLocator, Page } from '@playwright/test';
import { violations } from './axe.ts';
import { device, joinClass, startClass, unfold } from './class-page.ts';
import { expect, isStatic, test, watch } from './course.ts';
import { LessonPage, program } from './lesson-page.ts';

test.skip(isStatic, 'a class needs the server');

const frameOf = (page: Page): FrameLocator => page.frameLocator('.page-show iframe');

test('live on the learner’s screen, paused, left, and over; a projector by its link', async ({
  page,
  browser,
  course,
}) => {
  test.slow();
  const code = await startClass(page, course.data);
  const learner = await device(browser, course.origin);
  const seen = watch(learner, course.origin);
  const mine = new LessonPage(await learner.newPage());
  await joinClass(mine.page, code, 'Mei');
  await mine.open();
  await mine.write('// my own, half writ');
  await expect(mine.editor).toContainText('half writ');

  // From an exercise, by keyboard. Before the first run there is nothing to show.
  const own = new LessonPage(page);
  await own.open();
  await own.write(`${program('solution')}\nconsole.log('<img src=x>');`);
  await page.locator('.wb-more').press('Enter');
  await page.getByRole('menuitem', { name: /^Show my wire/ }).press('Enter');
  const bar = page.getByRole('region', { name: 'You show this exercise to the class' });
  await expect(bar).toContainText('Press Run');
  await own.run();
  await own.expectAllTrue();
  await expect(bar).toContainText('The class sees this exercise.');

  const shown = frameOf(mine.page);
  await expect(shown.getByRole('heading', { level: 1 })).toHaveText('Your teacher’s wire');
  await expect(shown.locator('.look-status')).toContainText('Live. This is your teacher’s run');
  await expect(shown.locator('.look-code')).toContainText('hello/mqtt');
  await expect(shown.locator('.look-output')).toContainText('<img src=x>');
  await expect(shown.locator('main img')).toHaveCount(0);
  await expect(bar).toContainText('Screens: 1.');
  // Nothing leads away from the exercise below it.
  await expect(shown.getByRole('link')).toHaveCount(0);
  // The stage with those who are on it, and nothing that could be changed.
  const stage = shown.locator('.wb-stage');
  await expect(stage.locator('[data-client="publisher"]')).toBeVisible();
  await expect(stage.locator('[data-client="subscriber"]')).toHaveAttribute('data-status', 'connected'); // prettier-ignore
  await expect(stage.locator('button')).toHaveCount(0);
  await shown.getByRole('tab', { name: 'Packets' }).click();
  const publishes = shown.getByRole('listbox').getByRole('option').filter({ hasText: 'PUBLISH' });
  await expect(publishes.first()).toBeVisible();
  await expect(shown.locator('main :is(textarea, [contenteditable="true"])')).toHaveCount(0);
  await shown.getByRole('tab', { name: 'Broker' }).click();
  await expect(shown.getByRole('tabpanel')).toContainText('subscriber');
  expect(await violations(page, '.show-bar')).toEqual([]);

  // The projector needs the link, and no cookie.
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await bar.getByRole('button', { name: 'Copy the link' }).click();
  await expect(bar).toContainText('Copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const projector = await (await device(browser, course.origin)).newPage();
  await projector.goto(link);
  await expect(projector.locator('.look-code')).toContainText('hello/mqtt');
  await expect(projector.getByRole('button', { name: 'Back to my own work' })).toHaveCount(0);
  await expect(projector.locator('.wb-stage')).toBeVisible();
  expect(await violations(projector)).toEqual([]);

  // Paused: what the teacher does meanwhile comes when they go on.
  await bar.getByRole('button', { name: 'Pause' }).click();
  await expect(shown.locator('.look-status')).toContainText('has paused the picture');
  await own.write(`${program('solution')}\n// while it was paused`);
  await own.run();
  await own.expectAllTrue();
  await expect(shown.locator('.look-code')).not.toContainText('while it was paused');
  await bar.getByRole('button', { name: 'Go on' }).click();
  await expect(shown.locator('.look-code')).toContainText('while it was paused');

  // A reload of the teacher's page goes on with it.
  await page.reload();
  await own.editorReady();
  await expect(bar).toContainText('The class sees this exercise.');
  await expect(shown.locator('.look-status')).toContainText('Live');

  // The learner leaves it by Escape, also from within; their own is as it was, and they may come back.
  await shown.getByRole('tab', { name: 'Broker' }).press('Escape');
  await expect(mine.page.locator('.page-show')).toHaveCount(0);
  await expect(mine.editor).toContainText('// my own, half writ');
  await expect(bar).toContainText('Screens: 1.');
  const said = mine.page.getByRole('status', { name: 'From your teacher' });
  await expect(said).toContainText('shows their wire');
  expect(await violations(mine.page, '.from-teacher')).toEqual([]);
  await mine.page.reload();
  await mine.editorReady();
  await expect(mine.page.locator('.page-show')).toHaveCount(0);
  await said.getByRole('button', { name: 'Watch it' }).press('Enter');
  await expect(shown.locator('.look-code')).toContainText('while it was paused');
  await shown.getByRole('button', { name: 'Back to my own work' }).click();
  await said.getByRole('button', { name: 'Watch it' }).click();

  // Over: the learner's page is theirs again.
  await expect(shown.locator('.look-status')).toContainText('Live');
  await bar.getByRole('button', { name: 'Stop showing' }).press('Enter');
  await expect(mine.page.locator('.page-show')).toHaveCount(0);
  await expect(said).toBeEmpty();
  await expect(mine.editor).toContainText('// my own, half writ');
  await expect(projector.locator('.look-status')).not.toContainText('Live');
  await expect(bar).toHaveCount(0);
  expect(seen).toEqual({ elsewhere: [], errors: [] });
  for (const one of [learner, projector.context()]) await one.close();
});

test('on a phone, in Chinese: it opens by itself, fits, and the teacher’s own page for the projector', async ({
  page,
  browser,
  course,
}) => {
  test.slow();
  const phone = { width: 390, height: 844 };
  const words = { start: '開一個班級', close: '關閉', all: '所有班級', manage: '代碼、匯出與結束' };
  const code = await startClass(page, course.data, words, '/zh-tw/class/');
  await unfold(page, '對全班說話');
  const link = page.getByRole('link', { name: '展示畫面，投影用的頁面' });
  const board = await page.context().newPage();
  const href = (await link.getAttribute('href'))!;
  await board.goto(href);
  await expect(board.locator('.look-status')).toContainText('目前沒有展示');

  const own = new LessonPage(page, 'zh-tw');
  await own.open();
  await own.write(program('solution'));
  await own.run();
  await own.expectAllTrue();
  await page.locator('.wb-more').click();
  await page.getByRole('menuitem', { name: /^向全班展示/ }).click();
  await expect(page.locator('.show-bar')).toContainText('全班正在看這個練習');

  // Who comes later sees it, too.
  const learner = await device(browser, course.origin, phone);
  const mine = await learner.newPage();
  await joinClass(mine, code, '小美');
  await mine.goto('/zh-tw/wildcards/');
  await mine.mouse.move(8, 8);
  await mine.locator('mqtt-workbench').scrollIntoViewIfNeeded();
  const shown = frameOf(mine);
  await expect(shown.locator('.look-status')).toContainText('這是老師的練習');
  await expect(shown.locator('.wb-stage')).toBeVisible();
  await expect(shown.locator('.look-code')).toContainText('hello/mqtt');
  const inner = mine.frames().find((one) => one.url().includes('class-show'))!;
  expect(await inner.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expect(board.locator('.look-code')).toContainText('hello/mqtt');
  await shown.getByRole('button', { name: '回到我的練習' }).click();
  await expect(mine.locator('.page-show')).toHaveCount(0);

  // Also from the page of the class, wherever it is shown from.
  await board.setViewportSize(phone);
  await board.goto(`/zh-tw/class/${new URL(href, course.origin).hash}`);
  await unfold(board, '對全班說話');
  const now = board.locator('[data-shown]');
  await expect(now).toContainText('你正在向全班展示');
  expect(await board.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await violations(board)).toEqual([]);
  await now.getByRole('button', { name: '結束展示' }).press('Enter');
  await expect(now).toHaveCount(0);
  await expect(page.locator('.show-bar')).toHaveCount(0);
  await expect(mine.getByRole('status', { name: '老師的訊息' })).toBeEmpty();
  await learner.close();
});

/** Over a learner's shoulder: live, to read only, and the learner sees that the teacher looks. */
import type { WebSocketRoute } from '@playwright/test';
import { violations } from './axe.ts';
import { device, joinClass, startClass } from './class-page.ts';
import { expect, isStatic, test, watch } from './course.ts';
import { LessonPage, program } from './lesson-page.ts';

test.skip(isStatic, 'a class needs the server');

test('the teacher sees program, output, checks and packets; the learner sees that they look, and since when', async ({
  page,
  browser,
  course,
}) => {
  test.slow();
  const code = await startClass(page, course.data);
  const learner = await device(browser, course.origin);
  const seen = watch(learner, course.origin);
  const screens: string[] = [];
  await learner.routeWebSocket(/\/class\/mqtt$/, (line: WebSocketRoute) => {
    const server = line.connectToServer();
    line.onMessage((bytes) => {
      if (String(bytes).includes('/screen')) screens.push(String(bytes));
      server.send(bytes);
    });
  });
  const mine = new LessonPage(await learner.newPage());
  await joinClass(mine.page, code, 'Mei');
  await mine.open();
  const said = mine.page.getByRole('status', { name: 'From your teacher' });
  await expect(page.getByText('1 of 1 are at an exercise now')).toBeVisible();
  await mine.write('// before anybody looked');
  expect(screens).toEqual([]);
  await expect(said).toBeEmpty();

  // By keyboard: from the name to the page.
  await page.getByRole('button', { name: 'Mei', exact: true }).press('Enter');
  await page.getByRole('link', { name: 'Look over the shoulder' }).press('Enter');
  await expect(page).toHaveURL(/\/en\/class-look\/#[\w-]+\/[\w-]+$/);
  const code1 = page.locator('.look-code');
  await expect(code1).toContainText('// before anybody looked');
  await expect(page.getByRole('status').first()).toContainText('since');
  await expect(said).toContainText(/Your teacher is looking here, since \d+:\d\d/);
  expect(await violations(mine.page, '.from-teacher')).toEqual([]);

  // Live, and as text. What the learner types is marked.
  const hostile = '<img src=x onerror="document.title=1"> \u202e txet';
  await mine.write(`${program('mistakes/wrong-case')}\nconsole.error('${hostile}');`);
  await expect(code1).toContainText('<img src=x');
  await expect(code1.locator('[data-changed]').first()).toBeVisible();
  await mine.run();
  const output = page.locator('.look-output');
  await expect(output).toContainText('Error: <img src=x');
  await expect(page.locator('[data-look] img')).toHaveCount(0);

  // By the server's checks, and real packets of the learner's own broker.
  const checks = page.locator('.look-checks li');
  await expect(checks).toHaveCount(3);
  await expect(checks.first()).toHaveAttribute('data-state', 'true');
  await expect(page.locator('.look-hint')).toContainText('Hello/MQTT');
  await expect(page.getByText('the server has not checked it')).toHaveCount(0);
  const packets = page.getByRole('listbox').getByRole('option');
  await expect(packets.filter({ hasText: 'PUBLISH' }).first()).toBeVisible();
  await page.getByRole('tab', { name: 'Packets' }).press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Wire' })).toBeFocused();
  await page.getByRole('tab', { name: 'Wire' }).press('ArrowLeft');
  expect(await violations(page)).toEqual([]);

  await mine.write(program('solution'));
  await mine.run();
  await expect(page.locator('.look-checks li[data-state="true"]')).toHaveCount(3);
  // To read only: nothing on the page can be typed into.
  await expect(page.locator('main :is(textarea, [contenteditable="true"])')).toHaveCount(0);

  // Another exercise: it follows by itself, and the sign is there, too.
  await mine.page.goto('/en/wildcards/');
  await mine.editorReady();
  await expect(said).toContainText('Your teacher is looking');
  await expect(page.locator('.look-at')).toContainText(/wildcard/i);
  await expect(page.locator('.look-wires')).toContainText('has not run');

  // The teacher leaves: the sign goes, and nothing is sent any more.
  await page.getByRole('link', { name: 'Back to the class' }).click();
  await expect(page.getByText('1 of 1 are at an exercise now')).toBeVisible();
  await expect(page).toHaveURL('/en/class/');
  await expect(said).not.toContainText('looking');
  const before = screens.length;
  expect(before).toBeGreaterThan(0);
  await mine.page.locator('.monaco-editor').first().click();
  await mine.page.keyboard.type('secret');
  const draft = () => mine.page.evaluate(() => JSON.stringify({ ...localStorage }));
  await expect.poll(draft).toContain('secret');
  expect(screens).toHaveLength(before);
  expect(seen).toEqual({ elsewhere: [], errors: [] });
  await learner.close();
});

test('on a phone, in Chinese: a learner without a room on the server, one who is away, and another one', async ({
  page,
  browser,
  course,
}) => {
  test.slow();
  const phone = { width: 390, height: 844 };
  await page.setViewportSize(phone);
  const words = { start: '開一個班級', close: '關閉', all: '所有班級', manage: '代碼、匯出與結束' };
  const code = await startClass(page, course.data, words, '/zh-tw/class/');
  const learner = await device(browser, course.origin, phone);
  const mine = await learner.newPage();
  await joinClass(mine, code, '小美');
  const other = await device(browser, course.origin, phone);
  await joinClass(await other.newPage(), code, '阿德');

  await page.getByRole('button', { name: '小美' }).click();
  await page.getByRole('link', { name: '看這位學生的畫面' }).click();
  const status = page.locator('.look-status');
  await expect(status).toContainText('學生沒有開著練習');
  await mine.goto('/zh-tw/first-message/');
  await mine.mouse.move(8, 8);
  await mine.locator('mqtt-workbench').scrollIntoViewIfNeeded();
  await expect(status).toContainText('即時畫面');
  await expect(page.locator('.look-program')).toContainText('publisher.ts');
  await expect(page.getByText('伺服器沒有檢查過')).toBeVisible();
  const said = mine.getByRole('status', { name: '老師的訊息' });
  await expect(said).toContainText('正在看這個練習');
  const width = (one: typeof page) => one.evaluate(() => document.documentElement.scrollWidth);
  expect([await width(page), await width(mine)]).toEqual([390, 390]);
  expect(await violations(page)).toEqual([]);

  // The teacher's page in the background is no look.
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect(said).not.toContainText('正在看');
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => false });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect(said).toContainText('正在看');

  await page.getByRole('combobox', { name: '學生' }).selectOption({ label: '阿德' });
  await expect(status).toContainText('學生沒有開著練習');
  await expect(said).not.toContainText('正在看');
  for (const one of [learner, other]) await one.close();
});

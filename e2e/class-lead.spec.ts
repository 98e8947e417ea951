/** The class is an MQTT application: presence, the teacher's words and pauses, and what goes over its wires. */
import type { WebSocketRoute } from '@playwright/test';
import { violations } from './axe.ts';
import { device, joinClass, startClass, unfold } from './class-page.ts';
import { expect, isStatic, test, watch } from './course.ts';
import { LessonPage, program } from './lesson-page.ts';

test.skip(isStatic, 'a class needs the server');

test('the teacher speaks to the class, calls it to an exercise and pauses it; all of it is MQTT', async ({
  page,
  browser,
  course,
}) => {
  test.slow();
  const code = await startClass(page, course.data);
  const learner = await device(browser, course.origin);
  const seen = watch(learner, course.origin);
  const lines: WebSocketRoute[] = [];
  await learner.routeWebSocket(/\/class\/mqtt$/, (line) => {
    line.connectToServer();
    lines.push(line);
  });
  const mine = new LessonPage(await learner.newPage());
  await joinClass(mine.page, code, 'Mei');
  await expect(page.getByText('0 of 1 are at an exercise now')).toBeVisible();
  await mine.open();
  await expect(page.getByText('1 of 1 are at an exercise now')).toBeVisible();

  // A connection that is cut comes back by itself.
  await lines[0]!.close();
  await expect.poll(() => lines.length).toBe(2);

  // A note is text, and is not shown again once it was closed.
  await unfold(page, 'Speak to the class');
  await page
    .getByLabel('A note, shown on every learner’s exercise')
    .fill('<b>Look</b> at the front');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The note is sent.')).toBeVisible();
  const said = mine.page.getByRole('status', { name: 'From your teacher' });
  await expect(said).toContainText('<b>Look</b> at the front');
  await expect(said.locator('b')).toHaveCount(0);
  expect(await violations(mine.page, '.from-teacher')).toEqual([]);
  expect(await violations(page)).toEqual([]);
  await said.getByRole('button', { name: 'Close' }).click();
  await expect(said).toBeEmpty();

  // Only to one.
  await page.getByRole('button', { name: 'Mei', exact: true }).click();
  await page.getByLabel('A note to this learner').fill('Well done');
  await page.keyboard.press('Enter');
  await expect(said).toContainText('Your teacher, to you');
  await expect(said).toContainText('Well done');
  await page.keyboard.press('Escape');

  // A pause: no press on Run, and it ends when the teacher says so.
  await mine.write(program('solution'));
  await page.getByRole('button', { name: 'Stop them' }).click();
  await expect(said).toContainText('stopped all programs');
  await expect(mine.workbench).toHaveJSProperty('inert', true);
  await expect(page.getByRole('timer')).toContainText(/0:[0-5]\d/);
  await page.getByRole('button', { name: 'Let them go on' }).click();
  await expect(mine.workbench).toHaveJSProperty('inert', false);
  await mine.run();
  await mine.expectAllTrue();

  // A call: the learner goes, and what they typed is there when they come back.
  await page.getByLabel('Bring everybody to').selectOption('wildcards/exactly-these');
  await page.getByRole('button', { name: 'Call the class there' }).click();
  await said.getByRole('link', { name: 'Go there' }).click();
  await expect(mine.page).toHaveURL(/\/en\/wildcards\//);
  await mine.open();
  await expect(said).toContainText('Well done');
  await expect(mine.editor).toContainText('publish');

  // How it works: real packets of the class's own broker.
  const wires = await page.context().newPage();
  await unfold(page, 'Code, files, end');
  const address = await page.getByRole('link', { name: 'How this works' }).getAttribute('href');
  await wires.goto(address!);
  const packets = wires.getByRole('listbox').getByRole('option');
  await expect(packets.filter({ hasText: 'PUBLISH' }).first()).toBeVisible();
  await wires.getByRole('tab', { name: 'Broker' }).click();
  await expect(wires.getByRole('tabpanel')).toContainText('teacher.');
  expect(await violations(wires)).toEqual([]);
  await wires.close();

  await mine.page.close();
  await expect(page.getByText('0 of 1 are at an exercise now')).toBeVisible();
  expect(seen).toEqual({ elsewhere: [], errors: [] });
  await learner.close();
});

test('on a phone, in Chinese: a flood is locked out and removed; a note fits the learner’s screen', async ({
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
  await mine.goto('/zh-tw/first-message/');
  await mine.mouse.move(8, 8);
  await mine.locator('mqtt-workbench').scrollIntoViewIfNeeded();
  const others = await Promise.all([1, 2, 3].map(() => device(browser, course.origin)));
  for (const [n, one] of others.entries())
    await one.request.post('/api/class/join', { data: { code, name: `機器人 ${n}` } });

  await unfold(page, '對全班說話');
  await page.getByLabel('一段訊息，會出現在每位學生的練習頁面上').fill('請看前面'.repeat(60));
  await page.keyboard.press('Enter');
  await expect(page.getByText('訊息送出了。')).toBeVisible();
  const said = mine.getByRole('status', { name: '老師的訊息' });
  await expect(said).toContainText('請看前面');
  const width = (one: typeof page) => one.evaluate(() => document.documentElement.scrollWidth);
  expect(await width(mine)).toBe(390);
  expect(await width(page)).toBe(390);
  expect(await violations(mine, '.from-teacher')).toEqual([]);

  await page.locator('.switch', { hasText: '不再收新成員' }).click();
  await expect
    .poll(async () =>
      (await others[0]!.request.post('/api/class/join', { data: { code, name: 'x' } })).status(),
    )
    .toBe(403);
  await unfold(page, words.manage);
  await page.getByRole('button', { name: '移出還沒開始的人（4）' }).click();
  await page.getByRole('button', { name: '確定移出這 4 人？' }).click();
  await expect(page.getByText('還沒有人加入')).toBeVisible();
  for (const one of [learner, ...others]) await one.close();
});

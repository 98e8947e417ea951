/** The shared room of a class: programs in pages, a terminal and a device of one's own meet, and the teacher sees it. */
import { connectAsync } from 'mqtt';
import { violations } from './axe.ts';
import { device, joinClass, startClass, unfold } from './class-page.ts';
import { expect, isStatic, test, watch } from './course.ts';
import { LessonPage } from './lesson-page.ts';
import { openTerminal } from './terminal-page.ts';

test.skip(isStatic, 'a class needs the server');

const lamp = `import mqtt from 'mqtt';

const client = mqtt.connect('mqtt://class');
client.on('message', (topic, payload) => console.log('came:', topic, String(payload)));
client.on('connect', () => {
  client.subscribe('class/#');
  client.publish('class/mei/lamp', 'on', { qos: 1 });
});
`;

test('a page, a terminal and a device meet in it; the teacher sees them, pauses, goes on and closes', async ({
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
  await mine.page.getByRole('link', { name: 'The shared room of your class' }).click();
  await expect(mine.page.getByText('The shared room is closed now')).toBeVisible();
  await mine.open();
  const said = mine.page.getByRole('status', { name: 'From your teacher' });
  await expect(said).toBeEmpty();

  // Closed: the program says why it does not come in.
  await mine.write(lamp);
  await mine.run();
  await expect(mine.output).toContainText('mqtt://class means the shared room of your class');
  await expect(mine.output).toContainText('The shared room of your class is closed');
  await mine.button('stop').click();

  await unfold(page, 'The shared room');
  await page.getByRole('checkbox', { name: 'The shared room is open' }).press('Space');
  await expect(said).toContainText('Your programs reach it at mqtt://class');
  expect(await violations(mine.page, '.from-teacher')).toEqual([]);
  await page.getByRole('link', { name: 'See the class as it publishes' }).press('Enter');
  await expect(page).toHaveURL(/\/en\/class-room\/#[\w-]+$/);
  const stage = page.locator('[data-room]');
  await expect(stage).toContainText('Nothing has been published yet');

  await mine.run();
  await expect(mine.output).toContainText('came: class/mei/lamp on');
  const row = (topic: string) => stage.locator('tbody tr', { has: page.getByText(topic, { exact: false }) }); // prettier-ignore
  await expect(row('lamp').first()).toContainText('on');
  await expect(stage.locator('[data-group="now"], [data-group="here"]').getByText('mei')).toHaveCount(1); // prettier-ignore

  // A device of somebody else, with the user name from the page.
  const other = await device(browser, course.origin);
  const lin = await other.newPage();
  await joinClass(lin, code, '林');
  await lin.goto('/en/class-room/');
  await lin.getByRole('button', { name: 'Show my user name' }).click();
  const shell = await lin.getByLabel('In a shell').textContent();
  const [, port, username] = /-p (\d+) -u (\S+) -t class\/member-1\/lamp/.exec(shell!) ?? [];
  expect(await violations(lin)).toEqual([]);
  const own = await connectAsync(`mqtt://127.0.0.1:${port}`, { username: username!, protocolVersion: 5 }); // prettier-ignore
  await own.publishAsync('class/all/chat', '<img src=x>', { qos: 1 });
  await expect(mine.output).toContainText('came: class/all/chat <img src=x>');
  await expect(stage.locator('.stage-latest')).toContainText('<img src=x>');
  await expect(stage.locator('img')).toHaveCount(0);
  const refused = (topic: string) => own.publishAsync(topic, 'x', { qos: 1 }).then(() => 0, (error: { code: number }) => error.code); // prettier-ignore
  expect(await refused('class/mei/lamp')).toBe(0x87);
  expect(await violations(page)).toEqual([]);

  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(said).toContainText('takes no messages');
  await expect(stage.getByRole('status').first()).toContainText('Paused');
  expect(await refused('class/all/chat')).toBe(0x87);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(stage.getByRole('status').first()).toHaveText('Open');
  expect(await refused('class/all/chat')).toBe(0);

  // For the projector there are no names.
  await page.getByRole('checkbox', { name: 'For the projector' }).check();
  await expect(stage.getByText('mei')).toHaveCount(0);
  await page.getByRole('checkbox', { name: 'For the projector' }).uncheck();

  const gone = new Promise((resolve) => own.once('close', () => resolve(true)));
  await page.getByRole('button', { name: 'Close it' }).click();
  await page.getByRole('button', { name: 'Really close it? What it holds is gone' }).click();
  await gone;
  await own.endAsync(true);
  await expect(stage).toContainText('Closed');
  await expect(said).toBeEmpty();
  expect(seen).toEqual({ elsewhere: [], errors: [] });
  for (const one of [learner, other]) await one.close();
});

test('a terminal reaches it with -h class; on a phone, in Chinese, both pages fit', async ({
  page,
  browser,
  course,
}) => {
  test.slow();
  const phone = { width: 390, height: 844 };
  await page.setViewportSize(phone);
  const words = { start: '開一個班級', close: '關閉', all: '所有班級', manage: '代碼、匯出與結束' };
  const code = await startClass(page, course.data, words, '/zh-tw/class/');
  await unfold(page, '共用房間');
  await page.getByRole('link', { name: '看全班正在發布什麼' }).click();
  await page.getByRole('button', { name: '開放共用房間' }).click();
  const stage = page.locator('[data-room]');
  await expect(stage).toContainText('開放中');

  const learner = await device(browser, course.origin);
  const mine = await learner.newPage();
  await joinClass(mine, code, '小美');
  const { first } = await openTerminal(mine);
  await first.enter('mosquitto_pub -h class -t class/member-1/t -m 21.5 -r');
  await first.enter("mosquitto_sub -h class -t 'class/#' -v -C 1");
  await first.shows('class/member-1/t 21.5');
  await expect(stage.locator('.stage-latest')).toContainText('21.5');
  await expect(stage.getByText('member-1').first()).toBeVisible();

  await mine.setViewportSize(phone);
  await mine.goto('/zh-tw/class-room/');
  await mine.getByRole('button', { name: '顯示我的使用者名稱' }).click();
  await expect(mine.locator('[data-room]')).toContainText('member-1');
  const width = (one: typeof page) => one.evaluate(() => document.documentElement.scrollWidth);
  expect([await width(page), await width(mine)]).toEqual([390, 390]);
  expect(await violations(page)).toEqual([]);
  expect(await violations(mine)).toEqual([]);
  await learner.close();
});

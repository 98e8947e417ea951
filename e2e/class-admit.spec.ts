/** A class that asks: who joins waits for the teacher's yes, in several browsers. */
import { violations } from './axe.ts';
import { device, startClass } from './class-page.ts';
import { expect, isStatic, test } from './course.ts';

test.skip(isStatic, 'a class needs the server');

const words = {
  en: {
    class: {
      start: 'Start a class',
      close: 'Close',
      all: 'All classes',
      manage: 'Code, files, end',
    },
    ...{
      ask: 'Ask me before',
      name: 'Your name',
      wait: 'Waiting for your teacher',
      stop: 'Do not wait',
    },
    ...{ one: 'Let in: ', no: 'Refuse: ', all: 'Let them all in', refused: 'did not let you in' },
    ...{ title: 'Waiting to come in: ', board: 'For the projector', in: 'You are in the class' },
  },
  'zh-tw': {
    class: { start: '開一個班級', close: '關閉', all: '所有班級', manage: '代碼、匯出與結束' },
    ...{ ask: '加入前要先問我', name: '你的名字', wait: '等老師同意', stop: '不等了' },
    ...{ one: '同意加入：', no: '拒絕加入：', all: '全部同意', refused: '老師沒有同意' },
    ...{ title: '等待加入：', board: '投影用', in: '你已經在班級裡了' },
  },
} as const;

for (const language of ['en', 'zh-tw'] as const)
  test(`the teacher lets in one, refuses one, then lets in all who are there, in ${language}`, async ({
    page,
    browser,
    course,
  }) => {
    test.slow();
    const t = words[language];
    const isPhone = language === 'zh-tw';
    const size = isPhone ? { width: 390, height: 844 } : { width: 1366, height: 768 };
    await page.setViewportSize(size);
    const code = await startClass(page, course.data, t.class, `/${language}/class/`);
    await page.locator('.switch', { hasText: t.ask }).click();
    const devices = await Promise.all(['Mei', '<b>bot</b>', 'Lin', 'Ada'].map(() => device(browser, course.origin, size))); // prettier-ignore
    const [mei, bot, lin, ada] = await Promise.all(devices.map((one) => one.newPage()));
    const ask = async (one: typeof page, name: string): Promise<void> => {
      await one.goto(`/${language}/join/#${code}`);
      await one.getByLabel(t.name).fill(name);
      await one.keyboard.press('Enter');
      await expect(one.getByRole('heading', { name: t.wait })).toBeFocused();
    };
    await ask(mei!, 'Mei');
    await ask(bot!, '<b>bot</b>');
    const list = page.getByRole('region', { name: t.title });
    await expect(list).toContainText('<b>bot</b>');
    await expect(list.locator('b')).toHaveCount(0);
    expect(await violations(page)).toEqual([]);
    expect(await violations(mei!)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(size.width);
    // By keyboard.
    await list.getByRole('button', { name: `${t.one}Mei` }).press('Enter');
    await expect(mei!.getByRole('heading', { name: t.in })).toBeVisible();
    await list.getByRole('button', { name: `${t.no}<b>bot</b>` }).press('Enter');
    await expect(bot!.getByRole('alert')).toContainText(t.refused);
    await expect(list).toHaveCount(0);

    // A page that is loaded again waits on; who no longer waits is gone from the list.
    await ask(lin!, 'Lin');
    await lin!.reload();
    await expect(lin!.getByRole('heading', { name: t.wait })).toBeVisible();
    await ask(ada!, 'Ada');
    await expect(list.getByRole('listitem')).toHaveText([/Lin/, /Ada/]);
    await ada!.getByRole('button', { name: t.stop }).click();
    await expect(list.getByRole('listitem')).toHaveText([/Lin/]);
    // On the projector there is no name; a phone has no such switch.
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.locator('.switch', { hasText: t.board }).click();
    await expect(page.getByText(`${t.title}1`)).toBeVisible();
    await expect(page.locator('[data-teach]')).not.toContainText('Lin');
    await page.locator('.switch', { hasText: t.board }).click();
    await list.getByRole('button', { name: t.all }).click();
    await expect(lin!.getByRole('heading', { name: t.in })).toBeVisible();
    for (const one of devices) await one.close();
  });

test('who closes the code before its picture can be drawn is not shown it again', async ({
  page,
  course,
}) => {
  const held: (() => void)[] = [];
  const isClosed = new Promise<void>((resolve) => held.push(resolve));
  await page.route(/\/qr-code\.[\w-]+\.js$/, async (route) => {
    await isClosed;
    await route.continue();
  });
  const drawn = page.waitForResponse(/\/qr-code\.[\w-]+\.js$/);
  await startClass(page, course.data);
  for (const release of held) release();
  await (await drawn).finished();
  await page.evaluate(async () => {
    for (let n = 0; n < 5; n++) await new Promise((next) => requestAnimationFrame(next));
  });
  await expect(page.locator('dialog[data-code]')).toBeHidden();
  await page.getByRole('button', { name: /^Code / }).click();
  await expect(page.locator('dialog[data-code] svg')).toBeVisible();
});

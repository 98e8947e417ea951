/** The teacher pastes a list of names, learners pick theirs, and two members become one. */
import { violations } from './axe.ts';
import { device, joinClass, startClass, unfold } from './class-page.ts';
import { expect, isStatic, test, watch } from './course.ts';

test.skip(isStatic, 'a class needs the server');

test('learners pick their name from the teacher’s list; who typed one is made the same learner', async ({
  page,
  browser,
  course,
}) => {
  test.slow();
  const code = await startClass(page, course.data);
  await unfold(page, 'A list of names');
  const list = page.getByLabel('Names, one a line');
  await list.fill('<b>Mei</b>\n\n  Lin \nمحمد\n\u200b\nLin\n');
  await page.getByRole('button', { name: 'Add these names' }).click();
  await expect(page.getByText('Added: 4. Lines without a letter or a digit: 1.')).toBeVisible();
  await expect(list).toHaveValue('');
  await expect(page.getByText('4 of 4 names have not been picked yet.')).toBeVisible();
  await expect(page.locator('main b')).toHaveCount(0);
  // Too many: said, and what was pasted is still there.
  const many = Array.from({ length: 5_000 }, (_, n) => `Name ${n}`).join('\n');
  // Typed by the browser, it takes a minute.
  await list.evaluate((area: HTMLTextAreaElement, text) => (area.value = text), many);
  await page.getByRole('button', { name: 'Add these names' }).click();
  const names = page.locator('details.names');
  await expect(names.getByRole('alert')).toContainText('none was added');
  await expect(list).not.toHaveValue('');
  await list.evaluate((area: HTMLTextAreaElement) => (area.value = ''));
  expect(await violations(page)).toEqual([]);

  // By the link with the code, and by keyboard.
  const mei = await device(browser, course.origin);
  const seen = watch(mei, course.origin);
  const first = await mei.newPage();
  await first.goto(`/join/${code}`);
  const choice = first.getByRole('combobox', { name: 'Your name' });
  await expect(choice.getByRole('option')).toHaveText(['Choose your name', '<b>Mei</b>', 'Lin', 'محمد', 'Lin 2']); // prettier-ignore
  expect(await violations(first)).toEqual([]);
  await choice.selectOption('<b>Mei</b>');
  await choice.press('Tab');
  await first.getByRole('button', { name: 'Join', exact: true }).press('Enter');
  await expect(first.locator('.words')).toBeVisible();
  await expect(page.getByText('3 of 4 names have not been picked yet.')).toBeVisible();

  // By the code as it is typed: the name that is taken is not there; two want the same.
  const [lin, late] = await Promise.all([1, 2].map(() => device(browser, course.origin)));
  const [second, third] = await Promise.all([lin!, late!].map((one) => one.newPage()));
  for (const one of [second!, third!]) {
    await one.goto('/join');
    await one.getByLabel('Code of the class').fill(code.toLowerCase());
    const options = one.getByRole('combobox').getByRole('option');
    await expect(options).toHaveText(['Choose your name', 'Lin', 'محمد', 'Lin 2']);
    await one.getByRole('combobox').selectOption('Lin');
  }
  await second!.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(second!.locator('.words')).toBeVisible();
  await third!.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(third!.getByRole('alert')).toContainText('Somebody has just picked this name');
  const left = third!.getByRole('combobox').getByRole('option');
  await expect(left).toHaveText(['Choose your name', 'محمد', 'Lin 2']);
  // Types one, and the teacher makes them the one of the list.
  await third!.getByRole('button', { name: 'My name is not here' }).click();
  await third!.getByLabel('Your name').fill('Linn');
  await third!.keyboard.press('Enter');
  await expect(third!.locator('.words')).toBeVisible();
  await page.getByRole('button', { name: 'Linn', exact: true }).press('Enter');
  const dialog = page.locator('dialog[data-detail]');
  await dialog.getByLabel('The same learner as').selectOption({ label: 'Lin 2 (not here yet)' });
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Make them one' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Linn', exact: true })).toHaveCount(0);
  await third!.reload();
  await expect(third!.getByText('Lin 2')).toBeVisible();

  // The wrong one: the name is free again, and their device is nobody's.
  await page.getByRole('button', { name: 'Lin', exact: true }).press('Enter');
  await dialog.getByRole('button', { name: 'Let this name be picked again' }).click();
  await expect(page.getByText('2 of 4 names have not been picked yet.')).toBeVisible();
  await second!.reload();
  await expect(second!.getByLabel('Code of the class')).toBeVisible();
  // From now on only the list.
  const stored = page.waitForResponse(/\/api\/class\/classes\/[\w-]+$/);
  await page.locator('.switch', { hasText: 'Only names of the list may join' }).click();
  expect((await stored).status()).toBe(200);
  await second!.goto(`/join/${code}`);
  await second!.reload();
  await expect(second!.getByRole('combobox')).toBeVisible();
  await expect(second!.getByRole('button', { name: 'My name is not here' })).toHaveCount(0);
  expect(seen).toEqual({ elsewhere: [], errors: [] });
  for (const one of [mei, lin!, late!]) await one.close();
});

test('on a phone, in Chinese: the list fits, and who types a name as before still can', async ({
  page,
  browser,
  course,
}) => {
  const phone = { width: 390, height: 844 };
  await page.setViewportSize(phone);
  const words = { start: '開一個班級', close: '關閉', all: '所有班級', manage: '代碼、匯出與結束' };
  const code = await startClass(page, course.data, words, '/zh-tw/class/');
  const learner = await device(browser, course.origin, phone);
  const mine = await learner.newPage();
  await joinClass(mine, code, '小美');
  await unfold(page, '名單');
  await page.getByLabel('名字，一行一個').fill(`${'很長的名字'.repeat(20)}\n阿德`);
  await page.getByRole('button', { name: '加入這些名字' }).click();
  await expect(page.getByText('加入了 2 個名字。')).toBeVisible();
  const width = (one: typeof page) => one.evaluate(() => document.documentElement.scrollWidth);
  expect(await width(page)).toBe(390);
  const other = await device(browser, course.origin, phone);
  const second = await other.newPage();
  await second.goto(`/zh-tw/join/#${code}`);
  await expect(second.getByRole('combobox', { name: '你的名字' })).toBeVisible();
  expect(await width(second)).toBe(390);
  expect(await violations(second)).toEqual([]);
  for (const one of [learner, other]) await one.close();
});

/** What the teacher gives for an exercise: asked first, nothing is lost, and who comes later gets it, too. */
import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { device, joinClass, startClass, unfold } from './class-page.ts';
import { expect, isStatic, test, watch } from './course.ts';
import { LessonPage } from './lesson-page.ts';

test.skip(isStatic, 'a class needs the server');

const more = async (page: Page, item: RegExp) => {
  await page.locator('.wb-more').first().click();
  await page.getByRole('menuitem', { name: item }).click();
};

test('from the teacher’s page: text only, taken or not, put aside and had back, and taken back', async ({
  page,
  browser,
  course,
}) => {
  test.slow();
  const code = await startClass(page, course.data);
  await unfold(page, 'Give a starter');
  await page.getByLabel('For the exercise').selectOption('first-message/publish');
  await page.getByRole('button', { name: 'Write it' }).click();
  const text = page.getByLabel('What you give as publisher.ts');
  await expect(text).toHaveValue(/import mqtt/);
  const give = page.getByRole('button', { name: 'Give it' });
  await give.click();
  await expect(page.getByText('Nothing is changed yet')).toBeVisible();
  await text.fill('x'.repeat(40_000));
  await give.click();
  await expect(page.getByText(/Too long: 40,?\d+ of at most/)).toBeVisible();
  await text.fill('// given\n// <img src=x onerror="document.title=1">');
  await give.press('Enter');
  await expect(page.getByText('It is given.')).toBeVisible();
  expect(await violations(page)).toEqual([]);

  // Nobody was here: who comes later is asked.
  const learner = await device(browser, course.origin);
  const seen = watch(learner, course.origin);
  const mine = new LessonPage(await learner.newPage());
  await joinClass(mine.page, code, 'Mei');
  await mine.open();
  const said = mine.page.getByRole('status', { name: 'From your teacher' });
  await expect(said).toContainText('A starter for this exercise: publisher.ts');
  await mine.write('// my own');
  await expect(mine.editor).toContainText('my own');
  await said.getByText('Read it first').press('Enter');
  await expect(said.locator('pre')).toHaveText(/<img src=x/);
  await expect(said.locator('img')).toHaveCount(0);
  expect(await violations(mine.page, '.from-teacher')).toEqual([]);
  await said.getByRole('button', { name: 'Take it; mine is put aside' }).press('Enter');
  await expect(mine.editor).toContainText('// given');
  await expect(mine.workbench.locator('.wb-run')).toBeFocused();
  await expect(said).toBeEmpty();

  // Both are there, and stay over a reload.
  await mine.notices.getByRole('button', { name: 'Back to mine' }).click();
  await expect(mine.editor).toContainText('my own');
  await mine.notices.getByRole('button', { name: 'Change them again' }).click();
  await expect(mine.editor).toContainText('// given');
  await mine.page.reload();
  await mine.editorReady();
  await expect(mine.editor).toContainText('// given');
  await expect(said).toBeEmpty();
  await more(mine.page, /^Put aside:/);
  await expect(mine.editor).toContainText('my own');

  // Another device is asked, too; “keep mine” changes nothing, and it is found later.
  const words = await (await learner.request.get('/api/class/me')).json();
  const second = await device(browser, course.origin);
  await second.request.post('/api/class/back', { data: { code, words: words.member.words } });
  const other = new LessonPage(await second.newPage());
  await other.page.addInitScript(
    (id) => parent === window && localStorage.setItem('retained:member', id),
    words.member.id as string,
  );
  await other.open();
  const asked = other.page.getByRole('status', { name: 'From your teacher' });
  await asked.getByRole('button', { name: 'Keep mine' }).click();
  await expect(asked).toBeEmpty();
  await expect(other.editor).not.toContainText('// given');
  await more(other.page, /^The starter of your teacher/);
  await expect(other.editor).toContainText('// given');

  // To one alone, by name; then both are taken back, and nobody is asked any more.
  await page.locator('.starters select[name=to]').selectOption('Mei');
  await text.fill('// for Mei');
  await give.click();
  await expect(said).toContainText('Your teacher, to you');
  await page.getByRole('button', { name: /^Take back: .*Mei$/ }).click();
  await expect(said).toBeEmpty();
  await expect(mine.editor).toContainText('my own');
  await page.getByRole('button', { name: /^Take back: .*everybody$/ }).click();
  await expect(page.getByText('Given at the moment')).toHaveCount(0);
  await mine.page.locator('.wb-more').click();
  await expect(mine.page.getByRole('menuitem', { name: /^Put aside:/ })).not.toHaveCount(0);
  await expect(mine.page.getByRole('menuitem', { name: /^The starter/ })).toHaveCount(0);
  expect(seen).toEqual({ elsewhere: [], errors: [] });
  for (const one of [learner, second]) await one.close();
});

test('from the teacher’s workbench, on a phone, in Chinese: with the broker’s files, by keyboard', async ({
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
  const touch = async (one: Page) => {
    await one.goto('/zh-tw/access-control/');
    await one.mouse.move(8, 8);
    await one.locator('mqtt-workbench').first().scrollIntoViewIfNeeded();
    await expect(one.locator('.wb-more').first()).toBeVisible({ timeout: 30_000 });
  };
  await touch(page);
  const exercise = (await page.locator('mqtt-workbench').first().getAttribute('exercise'))!;
  await page.evaluate(
    ([name]) =>
      localStorage.setItem(
        `retained:broker-files:${name}:draft`,
        JSON.stringify({ acl: '# 老師的' }),
      ),
    [exercise],
  );
  await page.locator('.wb-more').first().press('Enter');
  await page.getByRole('menuitem', { name: '把這份發給全班' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: '把這份發給全班' });
  await expect(dialog.getByRole('checkbox', { name: 'acl', exact: true })).toBeChecked();
  expect(await violations(page, '.give-dialog')).toEqual([]);
  await expect(dialog.getByLabel('發給').locator('option')).toHaveCount(2);
  await dialog.getByRole('button', { name: '發出去' }).press('Enter');
  await expect(dialog.getByText('已經發出去了')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  await touch(mine);
  const said = mine.getByRole('status', { name: '老師的訊息' });
  await expect(said).toContainText('這個練習的起始檔案');
  const width = (one: Page) => one.evaluate(() => document.documentElement.scrollWidth);
  expect([await width(mine), await width(page)]).toEqual([390, 390]);
  await said.getByRole('button', { name: '用這份' }).click();
  const kept = (what: string) =>
    mine.evaluate((key) => localStorage.getItem(key) ?? '', `retained:broker-files:${exercise}:${what}`); // prettier-ignore
  await expect.poll(() => kept('applied')).toContain('# 老師的');
  // A learner has nothing of a teacher's in the menu.
  await mine.locator('.wb-more').first().press('Enter');
  await expect(mine.getByRole('menuitem').first()).toBeVisible();
  await expect(mine.getByRole('menuitem', { name: '把這份發給全班' })).toHaveCount(0);
  await learner.close();
});

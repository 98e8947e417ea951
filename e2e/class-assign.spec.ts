/** What a teacher assigns, on the teacher's page and on a learner's; a test without hints and solution. */
import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { device, joinClass, startClass, unfold } from './class-page.ts';
import { expect, isStatic, test, watch } from './course.ts';
import { LessonPage, program } from './lesson-page.ts';

test.skip(isStatic, 'a class needs the server');

const first = 'first-message/publish';
const second = 'wildcards/exactly-these';
const third = 'last-will/presence';

async function choose(page: Page, add: string, id: string): Promise<void> {
  await page.locator('.assign select').selectOption(id);
  await page.getByRole('button', { name: add }).click();
}
/** The toolbar's; the panels have one, too. */
const moreOf = (mine: LessonPage) =>
  mine.workbench.getByText(mine.words['workbench.more']!, { exact: true }).first();
const heads = (page: Page) => page.locator('.grid thead .column');
const width = (one: Page) => one.evaluate(() => document.documentElement.scrollWidth);

test('assigned in an order, as a test, and ended: the learner’s page says what is next, and hides what it has to', async ({
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
  await expect(mine.page.locator('.assigned')).toHaveCount(0);

  await unfold(page, 'Assign exercises');
  for (const id of [second, first]) await choose(page, 'Add to the list', id);
  const lines = page.locator('.assign-list li');
  const title = await lines.nth(1).locator('.assign-title').innerText();
  // By keyboard: the line goes up, and the button that was pressed keeps the focus.
  const up = lines.nth(1).getByRole('button', { name: `Move up: ${title}` });
  await up.focus();
  await page.keyboard.press('Enter');
  await expect(lines.first().locator('.assign-title')).toHaveText(title);
  await expect(page.getByRole('button', { name: `Move up: ${title}` })).toBeFocused();
  await page
    .getByLabel(/open from$/)
    .nth(1)
    .fill('2999-01-02T10:30');
  await page.locator('.switch', { hasText: 'A test: hide hints' }).click();
  await expect(page.getByText('The learners do not see these changes yet.')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Assign', exact: true }).click();
  await expect(page.getByText('It is assigned')).toBeVisible();
  await expect(heads(page)).toHaveText([title, 'Wildcards']);

  // The page of the class leads to the next one.
  await mine.page.reload();
  const list = mine.page.getByRole('region', { name: 'Assigned by your teacher' });
  await expect(list).toContainText('0 of 2 done');
  await list.getByRole('link', { name: `Next: ${title}` }).click();
  await mine.editorReady();
  await expect(list).toContainText('Test');
  await expect(mine.page.getByText('This is a test')).toBeVisible();
  await mine.write(program('mistakes/empty-payload'));
  await mine.run();
  await mine.expectState('finished');
  await expect(mine.check('connected')).toHaveAttribute('data-state', 'true');
  const cell = page.getByRole('button', { name: `Mei, ${title}:` });
  await expect(cell).toHaveAccessibleName(/at work/);
  await cell.click();
  // The teacher sees the hint that the learner does not.
  await expect(page.locator('dialog[data-detail]')).toContainText('Last hint');
  await page.keyboard.press('Escape');
  const hint = mine.workbench.locator('.wb-hint').filter({ visible: true });
  await expect(hint).toHaveCount(0);
  const more = moreOf(mine);
  const solution = mine.page.getByRole('menuitem', {
    name: mine.words['workbench.solution.open']!,
  });
  await more.click();
  await expect(
    mine.page.getByRole('menuitem', { name: mine.words['workbench.share']! }),
  ).toBeVisible();
  await expect(solution).toHaveCount(0);
  await mine.page.keyboard.press('Escape');
  await list.getByText('All exercises').click();
  await expect(list).toContainText(/opens .*2999/);
  expect(await violations(mine.page)).toEqual([]);

  // Not open: it is there to read, and can't be used.
  const other = await learner.newPage();
  await other.goto('/en/wildcards/');
  await other.mouse.move(8, 8);
  await expect(other.getByText(/Your teacher opens this exercise: .*2999/)).toBeVisible();
  await expect(other.locator('mqtt-workbench')).toHaveJSProperty('inert', true);

  // The test is over, and everything is open.
  await page.locator('.switch', { hasText: 'A test: hide hints' }).click();
  await page
    .getByLabel(/open from$/)
    .nth(1)
    .fill('');
  await page.getByRole('button', { name: 'Change what is assigned' }).click();
  await expect(other.locator('mqtt-workbench')).toHaveJSProperty('inert', false);
  await expect(other.getByText('Your teacher opens this exercise')).toBeHidden();
  await other.close();
  await expect(mine.page.getByText('This is a test')).toBeHidden();
  await mine.run();
  await expect(hint.first()).toBeVisible();
  await more.click();
  await expect(solution).toBeVisible();
  await mine.page.keyboard.press('Escape');

  await mine.write(program('solution'));
  await mine.run();
  await mine.expectAllTrue();
  await expect(list).toContainText('1 of 2 done');
  await expect(list.getByRole('link', { name: 'Next: Wildcards' })).toBeVisible();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await expect(list).toHaveCount(0);
  expect(seen).toEqual({ elsewhere: [], errors: [] });
  await learner.close();
});

test('on a phone, in Chinese: a broker in the page gives no hints in a test either; both pages fit', async ({
  page,
  browser,
  course,
}) => {
  test.slow();
  const phone = { width: 390, height: 844 };
  await page.setViewportSize(phone);
  const words = { start: '開一個班級', close: '關閉', all: '所有班級', manage: '代碼、匯出與結束' };
  const code = await startClass(page, course.data, words, '/zh-tw/class/');
  await unfold(page, '指派練習');
  for (const id of [first, third]) await choose(page, '加到清單', id);
  await page
    .getByLabel(/開放時間$/)
    .nth(1)
    .fill('2999-01-02T10:30');
  expect(await width(page)).toBe(390);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: '指派', exact: true }).click();
  await expect(page.getByText('指派好了')).toBeVisible();

  const learner = await device(browser, course.origin);
  const mine = new LessonPage(await learner.newPage(), 'zh-tw');
  await joinClass(mine.page, code, '小美');
  await mine.open();
  const list = mine.page.getByRole('region', { name: '老師指派的練習' });
  await expect(list).toContainText('完成 0 / 2');
  await moreOf(mine).click();
  await mine.page
    .getByRole('menuitemradio', { name: mine.words['workbench.place.browser']! })
    .click();
  await expect(mine.notices).toContainText(mine.words['workbench.place.moved-browser']!);
  await mine.write(program('mistakes/empty-payload'));
  await mine.run();
  await expect(mine.check('connected')).toHaveAttribute('data-state', 'true');
  // The page has the hint, and takes it away while it is a test.
  const hint = mine.workbench.locator('.wb-hint').filter({ visible: true });
  await expect(hint.first()).toBeVisible();
  for (const isTest of [true, false, true]) {
    await page.locator('.switch', { hasText: '當作測驗' }).click();
    await page.getByRole('button', { name: '更新指派的內容' }).click();
    await expect(mine.page.getByText('現在是測驗')).toBeVisible({ visible: isTest });
    await expect(hint).toHaveCount(isTest ? 0 : 1);
  }

  // A page that is opened without the class's broker knows what was assigned last.
  await mine.page.setViewportSize(phone);
  await mine.page.routeWebSocket(/\/class\/mqtt$/, (line) => void line.close());
  await mine.page.goto('/zh-tw/first-message/');
  await mine.page.mouse.move(8, 8);
  await expect(list).toContainText('測驗');
  await list.getByText('所有練習').click();
  expect(await width(mine.page)).toBe(390);
  expect(await violations(mine.page, '.assigned')).toEqual([]);
  await learner.close();
});

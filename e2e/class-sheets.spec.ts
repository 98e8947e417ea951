/** Completion pages of a class: what is on them, and how they lie on paper. */
import { violations } from './axe.ts';
import { device, joinClass, startClass, unfold } from './class-page.ts';
import { expect, isStatic, test } from './course.ts';
import { LessonPage, program } from './lesson-page.ts';

test.skip(isStatic, 'a class needs the server');

test('one sheet for each learner who has passed something, or for one; names are text', async ({
  page,
  browser,
  course,
}) => {
  test.slow();
  const code = await startClass(page, course.data);
  const learner = await device(browser, course.origin);
  const mine = new LessonPage(await learner.newPage());
  await joinClass(mine.page, code, '<b>Mei</b>');
  await mine.open();
  await mine.write(program('solution'));
  await mine.run();
  await mine.expectAllTrue();
  const others = await Promise.all([1, 2].map(() => device(browser, course.origin)));
  for (const [n, one] of others.entries())
    await one.request.post('/api/class/join', { data: { code, name: `Lin ${n}` } });
  await expect(page.getByText('of 3 are at an exercise now')).toBeVisible();
  // In one language what the page of the other learner says: no check has seen it.
  const said = { version: 1, lessons: {}, exercises: { 'wildcards/exactly-these': { passed: 5 } } };
  await others[1]!.request.post('/api/class/progress', { data: said });

  await unfold(page, 'Code, files, end');
  await page.getByRole('link', { name: 'Completion pages to print' }).click();
  const sheets = page.locator('.sheet');
  await expect(sheets).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Print (2)' })).toBeEnabled();
  const mei = sheets.filter({ hasText: '<b>Mei</b>' });
  await expect(mei).toContainText(/has passed 1 of \d+ exercises/);
  await expect(mei.getByRole('listitem')).toHaveText([/Your first message.*tries: 1/s]);
  await expect(mei).not.toContainText('*');
  const lin = sheets.filter({ hasText: 'Lin 1' });
  await expect(lin).toContainText('* The learner’s page says so');
  await expect(page.locator('main b')).toHaveCount(0);
  expect(await violations(page)).toEqual([]);

  const pagesOf = async () =>
    (await page.pdf({ preferCSSPageSize: true, format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g)!.length; // prettier-ignore
  expect(await pagesOf()).toBe(2);
  await page.getByLabel(/Also those who have passed nothing/).check();
  await expect(sheets).toHaveCount(3);
  expect(await pagesOf()).toBe(3);
  await page.locator('.sheets-choices select').selectOption({ label: '<b>Mei</b>' });
  await expect(sheets).toHaveCount(1);
  expect(await pagesOf()).toBe(1);
  // On paper it is light, also for a system that is dark.
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.getByRole('button')).toHaveCount(0);
  const paper = () => sheets.evaluate((one) => getComputedStyle(one).backgroundColor);
  await expect.poll(paper).toBe('rgb(255, 255, 255)');
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  // The address names the learner: the page comes back as it was.
  await page.reload();
  await expect(sheets).toHaveCount(1);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  for (const one of [learner, ...others]) await one.close();
});

test('who is not the teacher sees nobody', async ({ page, browser, course }) => {
  await startClass(page, course.data);
  await unfold(page, 'Code, files, end');
  const link = page.getByRole('link', { name: 'Completion pages to print' });
  const address = (await link.getAttribute('href'))!;
  const stranger = await device(browser, course.origin);
  const other = await stranger.newPage();
  await other.goto(address.replace('/en/', '/zh-tw/'));
  await expect(other.getByRole('status')).toContainText('這個瀏覽器是老師的嗎');
  await expect(other.locator('.sheet')).toHaveCount(0);
  expect(await violations(other)).toEqual([]);
  await stranger.close();
});

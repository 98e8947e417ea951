/** The paths on the home page: lists without the script, and a choice of the map with it. */
import { expect, test } from './course.ts';
import { paths } from '../lessons/course.ts';

test('a chosen path is what the map shows, until the whole course is asked for', async ({
  page,
}) => {
  const hobbyist = paths.find(({ id }) => id === 'hobbyist')!;
  const path = (title: string) => page.locator('.paths summary', { hasText: title });
  const lesson = (id: string) => page.locator(`.map [data-lesson="${id}"]`);
  const bar = page.locator('[data-path-shown]');
  await page.goto('/en/');
  await expect(lesson('qos-2')).toBeVisible();
  await expect(bar).toBeHidden();
  await path('Web developer').click();
  await expect(lesson('qos-2')).toBeHidden();
  await expect(lesson('sessions')).toBeVisible();
  // One at a time; by the keyboard as well.
  await path('Hobbyist').press('Enter');
  await expect(bar).toContainText(`Hobbyist: ${hobbyist.lessons.length} lessons`);
  await expect(lesson('sessions')).toBeHidden();
  // No lesson of MQTT 5 is on it.
  await expect(page.locator('.map .part', { hasText: 'MQTT 5' })).toBeHidden();

  await page.reload();
  await expect(lesson('sessions')).toBeHidden();
  await expect(lesson('last-will')).toBeVisible();
  await page.getByRole('button', { name: 'Show the whole course' }).click();
  await expect(lesson('sessions')).toBeVisible();
  await page.reload();
  await expect(lesson('qos-2')).toBeVisible();
});

test('without the script a path is a list of links', async ({ browser, course }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${course.origin}/zh-tw/`);
  const row = page.locator('.paths details', { hasText: '自己動手做' });
  await row.locator('summary').click();
  await expect(row.getByRole('link', { name: '萬用字元' })).toBeVisible();
  await expect(page.locator('.map [data-lesson="qos-2"]')).toBeVisible();
  await context.close();
});

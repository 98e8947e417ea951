/** The page that says what is kept of a class says for how long, as the host has chosen. */
import { expect, test } from '@playwright/test';
import { violations } from './axe.ts';
import { isStatic } from './course.ts';
import { startCourse } from './server.ts';

test.skip(isStatic, 'a class needs the server');

test('a host who keeps classes for two weeks says so; without an answer the usual number is there', async ({
  page,
}) => {
  test.slow();
  const course = await startCourse('--keep-classes', '14');
  for (const [language, sentence] of [
    ['en', 'nobody in it has done anything for 14 days'],
    ['zh-tw', '班級如果 14 天沒有任何人活動'],
  ] as const) {
    await page.goto(`${course.origin}/${language}/privacy/`);
    await expect(page.locator('main')).toContainText(sentence);
    await expect(page.locator('main')).toContainText('--keep-classes');
    expect(await violations(page)).toEqual([]);
  }
  await page.route('**/api/class/kept', (route) => route.abort());
  await page.goto(`${course.origin}/en/privacy/`);
  await expect(page.locator('main')).toContainText('has done anything for 180 days');
  await course.end();
});

/** A class in two browsers: the teacher's and a learner's. */
import { violations } from './axe.ts';
import { device, startClass, teacherSecret } from './class-page.ts';
import { expect, isStatic, test, watch } from './course.ts';
import { LessonPage, program } from './lesson-page.ts';

const name = '<b>Mei</b>';
test.skip(isStatic, 'a class needs the server');

test('a learner joins, passes, and comes back on another device; the teacher sees it live', async ({
  page,
  browser,
  course,
}) => {
  test.slow();
  const code = await startClass(page, course.data);
  await expect(page).toHaveURL('/en/class/');
  expect(code).toMatch(/^[A-Z]{6}$/);

  const first = await device(browser, course.origin);
  const seen = watch(first, course.origin);
  const mine = new LessonPage(await first.newPage());
  await mine.page.goto(`/join/${code}`);
  await mine.page.getByLabel('Your name').fill(name);
  await mine.page.keyboard.press('Enter');
  await expect(mine.page.getByRole('heading', { name: 'You are in the class' })).toBeVisible();
  const words = await mine.page.locator('.words').innerText();
  await expect(page.getByRole('button', { name, exact: true })).toBeVisible();

  await mine.open();
  await mine.run();
  const cell = page.getByRole('button', { name: `${name}, Your first message:` });
  await expect(cell).toHaveAccessibleName(/at work: \d of 3 checks are true/);
  // By keyboard: from the name to the cell, and what is not true yet.
  await page.getByRole('button', { name, exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const detail = page.locator('dialog[data-detail]');
  await expect(detail).toContainText('Not true yet');
  await expect(detail.locator('b')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await mine.write(program('solution'));
  await mine.run();
  await mine.expectAllTrue();
  await expect(cell).toHaveAccessibleName(/: passed$/);
  expect(await violations(page)).toEqual([]);

  const second = await device(browser, course.origin);
  const other = await second.newPage();
  await other.goto(`/join/${code.toLowerCase()}`);
  await other.getByRole('button', { name: 'I have joined before' }).click();
  await other.getByLabel('Your three words').fill(words.replaceAll('-', ' '));
  await other.keyboard.press('Enter');
  await expect(other.getByText(name)).toBeVisible();
  await other.goto('/en/progress/');
  await expect(other.locator('[data-count=passed]')).toContainText(/^1 /);

  expect(seen).toEqual({ elsewhere: [], errors: [] });
  await first.close();
  await second.close();
});

test('a link that is not the teacher’s opens nothing, and is not kept in the address', async ({
  page,
}) => {
  await page.goto(`/en/class/#${'x'.repeat(32)}`);
  await expect(page.getByRole('alert')).toContainText('not the teacher’s');
  await expect(page).toHaveURL('/en/class/');
});

test('the teacher’s link opens the class, also if the server did not respond at first', async ({
  page,
  course,
}) => {
  await page.route('**/api/class/**', (route) => route.abort(), { times: 1 });
  await page.goto(`/teach#${teacherSecret(course.data)}`);
  await expect(page.getByRole('alert')).toContainText('does not respond');
  // The secret is no longer in the address: this button is the way on.
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Your class', level: 1 })).toBeVisible();
  await expect(page.getByText('does not respond')).toHaveCount(0);
});

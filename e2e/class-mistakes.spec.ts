/** The most frequent mistakes of a class, each with a program that made it, of nobody. */
import { violations } from './axe.ts';
import { device, joinClass, startClass } from './class-page.ts';
import { expect, isStatic, test, watch } from './course.ts';
import { LessonPage, program } from './lesson-page.ts';

test.skip(isStatic, 'a class needs the server');

test('a failed run shows its hint and its program on the teacher’s page, as text and without a name', async ({
  page,
  browser,
  course,
}) => {
  test.slow();
  const code = await startClass(page, course.data);
  const learner = await device(browser, course.origin);
  const seen = watch(learner, course.origin);
  const mine = new LessonPage(await learner.newPage());
  await joinClass(mine.page, code, 'Mei-Lin');
  await mine.open();
  await mine.write(`// <b>mine</b>\n${program('mistakes/wrong-case')}`);
  const sent = mine.page.waitForResponse(/\/api\/class\/mistake$/);
  await mine.run();
  expect((await sent).status()).toBe(200);

  const heading = page
    .getByRole('columnheader')
    .getByRole('button', { name: 'Your first message' });
  await heading.focus();
  await page.keyboard.press('Enter');
  const detail = page.locator('dialog[data-detail]');
  await expect(detail.getByRole('heading', { name: 'The most frequent mistakes' })).toBeVisible();
  await expect(detail).toContainText('0 of 1 have passed.');
  const mistake = detail.locator('.mistakes li');
  await expect(mistake).toHaveCount(1);
  await expect(mistake).toContainText('Learners: 1.');
  // The hint's own sentence, with the topic from the program.
  await expect(mistake.locator('p')).toContainText('Hello/MQTT');
  await expect(mistake.locator('pre')).toContainText('<b>mine</b>');
  await expect(detail.locator('b')).toHaveCount(0);
  await expect(detail).not.toContainText('Mei-Lin');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(heading).toBeFocused();
  expect(seen).toEqual({ elsewhere: [], errors: [] });
  await learner.close();
});

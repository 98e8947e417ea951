/** A lesson that became two, an exercise that moved: addresses, links and work from before still count. */
import { shareFragment } from '../src/workbench/share/share-link.ts';
import { expect, test } from './course.ts';
import { LessonPage } from './lesson-page.ts';

for (const [from, to] of [
  ['en/python/', 'en/python-publish/'],
  ['zh-tw/python/#switch-the-lamp', 'zh-tw/python-publish/#switch-the-lamp'],
  ['en/python/?from=mail#exercise-listen', 'en/python-listen/?from=mail#exercise-listen'],
  ['en/part/sessions/', 'en/part/qos/'],
  ['en/connect/#exercise-same-id', 'en/client-id/#exercise-same-id'],
] as const) {
  test(`${from} leads to ${to}`, async ({ page, course }) => {
    await page.goto(from);
    await expect(page).toHaveURL(`${course.origin}/${to}`);
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  });
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  test('the old address leads on, too', async ({ page, course }) => {
    await page.goto('en/python/');
    await expect(page).toHaveURL(`${course.origin}/en/python-publish/`);
  });
});

for (const [from, to, file] of [
  ['python/listen', 'python-listen', 'thermometer.ts'],
  ['connect/same-id', 'client-id', 'kitchen.ts'],
] as const) {
  test(`programs of ${from} by a link are shown in ${to}`, async ({ page }) => {
    const shared = [{ name: file, text: '// by a link of last year\n' }];
    await page.goto(`en/${from.split('/')[0]}/${await shareFragment(from, shared)}`);
    const lesson = new LessonPage(page);
    await expect(lesson.notices).toContainText(lesson.words['workbench.shared']!);
    await expect(page).toHaveURL(new RegExp(`/en/${to}/$`));
    // A program that nobody has to change is folded.
    const fold = lesson.workbench.locator('.wb-fold');
    if (await fold.isVisible()) await fold.click();
    await expect(lesson.editor).toContainText('by a link of last year');
  });
}

test('what was passed and written in the old lesson is there in both', async ({ page }) => {
  await page.goto('en/');
  await page.evaluate(() => {
    const progress = {
      version: 1,
      lessons: { python: { opened: 1, read: 2 } },
      exercises: { 'python/lamp': { passed: 3 }, 'python/listen': { tried: 3, passed: 4 } },
      answers: { 'python/quiz-silence': { chosen: 1 } },
    };
    localStorage.setItem('retained:progress', JSON.stringify(progress));
    localStorage.setItem('retained:draft:python/lamp:lamp.ts', '// my own lamp\n');
  });
  await page.reload();
  const station = (lesson: string) => page.locator(`.map [data-lesson="${lesson}"]`);
  await expect(station('python-publish')).toHaveAttribute('data-state', 'done');
  await expect(station('python-listen')).toHaveAttribute('data-state', 'begun');
  await page.goto('en/python-listen/');
  await expect(page.locator('#quiz-silence input').nth(1)).toBeChecked();
  await page.goto('en/python-publish/');
  const lesson = new LessonPage(page);
  await lesson.editorReady();
  await expect(lesson.editor).toContainText('my own lamp');
});

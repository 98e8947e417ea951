/** The answers: for the teacher's browser alone, complete, and fit to be printed. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { course } from '../lessons/course.ts';
import { root } from '../scripts/build.ts';
import { violations } from './axe.ts';
import { device, joinClass, startClass, teacherSecret } from './class-page.ts';
import { expect, test } from './course.ts';
import { built, staticFolder } from './static-host.ts';

const written = course
  .flatMap((part) => part.lessons)
  .filter(({ status }) => status === 'written')
  .map(({ id }) => id);
/** Stands in the solution of an exercise, on the page of the answers and in no page of a learner. */
const marker = 'data-exercise="retained/lamp-state"';

/** The pages of a built site that anybody gets. */
const openPages = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.html') && !path.startsWith('.'));

for (const language of ['en', 'zh-tw']) {
  test(`${language}: the teacher reads the answers of every lesson`, async ({
    page,
    course: at,
  }) => {
    test.slow();
    await page.goto(`${language}/class/#${teacherSecret(at.data)}`);
    await page.locator('a[href$="/answers/"]').click();
    await expect(page).toHaveURL(new RegExp(`/${language}/answers/$`));
    const lessons = await page
      .locator('article[data-lesson]')
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['lesson']));
    expect(lessons).toEqual(written);
    const exercise = page.locator('[data-exercise="retained/lamp-state"]');
    const solution = readFileSync(
      join(root, 'lessons/retained/lamp-state/solution/lamp.ts'),
      'utf8',
    );
    const call = /.*publishAsync\(.*/.exec(solution)![0].trim();
    await expect(exercise.locator('pre').first()).toContainText(call);
    expect(await exercise.locator('.mistakes dt').count()).toBeGreaterThan(5);
    await expect(page.locator('article').first().locator('.questions li p')).not.toHaveCount(0);
    for (const empty of await page.locator('.mistakes dd').allTextContents())
      expect(empty.trim()).not.toBe('');
    // Forty lessons on one page: axe looks at one theme for each language.
    await page.emulateMedia({ colorScheme: language === 'en' ? 'light' : 'dark' });
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    // On paper: the text alone, as wide as the paper.
    await page.emulateMedia({ media: 'print', colorScheme: 'light' });
    await page.setViewportSize({ width: 673, height: 972 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(673);
    await expect(page.locator('.site-header, nav, button').locator('visible=true')).toHaveCount(0);
  });
}

test('a learner of the class is led away, and gets no answer', async ({
  browser,
  page,
  course: at,
}) => {
  const code = await startClass(page, at.data);
  const learner = await device(browser, at.origin);
  const own = await learner.newPage();
  await joinClass(own, code, 'Ann');
  const response = await own.request.get('/en/answers/', { maxRedirects: 0 });
  expect(response.status()).toBe(302);
  expect(await response.text()).toBe('');
  await own.goto('/en/answers/');
  await expect(own).toHaveURL(/\/en\/class\/$/);
  expect(await own.content()).not.toContain(marker);
  await learner.close();
});

test('no file that learners get holds the answers: neither of the server nor of a static host', async () => {
  // A whole build, on a busy machine.
  test.setTimeout(300_000);
  await built();
  for (const site of [join(root, 'dist'), staticFolder]) {
    const pages = openPages(site);
    expect(pages).toContain('en/glossary/index.html');
    expect(pages.filter((path) => path.includes('answers'))).toEqual([]);
    for (const path of pages)
      expect(readFileSync(join(site, path), 'utf8').includes('class="mistakes"'), path).toBe(false);
    expect(readFileSync(join(site, 'sw.js'), 'utf8')).not.toMatch(/\/answers\//);
  }
  expect(readdirSync(staticFolder)).not.toContain('.teacher');
  // The test looks for what is there where it belongs.
  const page = readFileSync(join(root, 'dist/.teacher/en/answers/index.html'), 'utf8');
  expect(page).toContain('class="mistakes"');
  expect(page).toContain(marker);
});

test.describe('where the course is kept for reading offline', () => {
  test.use({ serviceWorkers: 'allow' });

  test('the answers are not kept: the next person at this browser has none', async ({
    page,
    course: at,
  }) => {
    const kept = (path: string) =>
      page.evaluate(async (one) => (await caches.match(one)) !== undefined, path);
    await page.goto(`/en/class/#${teacherSecret(at.data)}`);
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await expect
      .poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null))
      .toBe(true);
    await page.goto('/en/answers/');
    await expect(page.locator('article').first()).toBeVisible();
    // Any page that is visited is kept.
    await page.goto('/en/class/');
    await expect.poll(() => kept('/en/class/')).toBe(true);
    expect(await kept('/en/answers/')).toBe(false);
  });
});

/** The learner's progress, kept on the device. */
import { readFile } from 'node:fs/promises';
import { expect, test } from './course.ts';
import { LessonPage, program } from './lesson-page.ts';

const key = 'retained:progress';
const stationOf = (lesson: string) => `.map [data-lesson="${lesson}"]`;

test('a lesson is begun, then done, and the course goes on where one was', async ({ page }) => {
  const lesson = new LessonPage(page);
  await page.goto('en/');
  const station = page.locator(stationOf('first-message'));
  await expect(station).toHaveAttribute('data-state', 'new');
  await lesson.open();
  await page
    .getByRole('heading', { name: 'Now publish something' })
    .evaluate((one) => one.scrollIntoView());
  await lesson.write(program('solution'));
  await lesson.run();
  await lesson.expectAllTrue();
  await page.goto('en/');
  await expect(station).toHaveAttribute('data-state', 'begun');
  await expect(station).toContainText('(begun)');
  const resume = page.locator('a[data-resume]');
  await expect(resume).toHaveText('Go on with “Your first message”');
  await resume.click();
  await expect(page).toHaveURL(/first-message\/#now-publish-something$/);
  await page.locator('.ways').scrollIntoViewIfNeeded();
  await expect(page.locator('.guide [data-lesson="first-message"]')).toHaveAttribute(
    'data-state',
    'done',
  );
  // In the other language it is the same lesson.
  await page.goto('zh-tw/');
  await expect(page.locator(stationOf('first-message'))).toContainText('已完成');
});

test('saved, forgotten, loaded again; a file that is none changes nothing', async ({ page }) => {
  const missing = page.locator('[data-missing-of]:visible');
  const kept = {
    version: 1,
    lessons: { 'first-message': { opened: 1, read: 2 } },
    exercises: { 'first-message/publish': { passed: 3 } },
  };
  await page.goto('en/progress/');
  // Before anything is begun, the map says all.
  await expect(page.locator('[data-nothing-begun] a')).toBeVisible();
  await expect(missing).toHaveCount(0);
  await page.evaluate(
    ([name, value]) => localStorage.setItem(name!, value!),
    [key, JSON.stringify({ ...kept, exercises: {} })],
  );
  await page.reload();
  // Then what is missing of the lessons that were begun; the others are folded.
  await expect(missing).toHaveCount(1);
  await expect(missing.getByRole('link')).toHaveText('Exercise: Your first message');
  const later = page.locator('[data-missing-later]');
  await later.locator('summary').click();
  const count = await later.locator('[data-later-count]').textContent();
  await expect(missing).toHaveCount(1 + Number(count));
  await page.evaluate(
    ([name, value]) => localStorage.setItem(name!, value!),
    [key, JSON.stringify(kept)],
  );
  await page.reload();
  await expect(missing).toHaveCount(0);
  const read = page.locator('[data-count=read]');
  await expect(read).toHaveText(/^1 of /);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save to a file' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  expect(JSON.parse(text)).toEqual(kept);

  await page.getByRole('button', { name: 'Forget everything' }).click();
  await expect(read).toHaveText(/^0 of /);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(read).toHaveText(/^1 of /);
  await page.getByRole('button', { name: 'Forget everything' }).click();

  const load = (buffer: string) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name: 'p.json', mimeType: 'application/json', buffer: Buffer.from(buffer) });
  await load('{"version":1,"lessons":{"<img>":{}},"exercises":{}}');
  await expect(page.getByRole('status')).toContainText('no progress of this course');
  await expect(read).toHaveText(/^0 of /);
  await load(text);
  await expect(read).toHaveText(/^1 of /);
  await expect(page.locator(stationOf('first-message'))).toHaveAttribute('data-state', 'done');
});

test('a hostile store is nothing kept', async ({ page }) => {
  await page.addInitScript((name) => localStorage.setItem(name, '{"version":1,"lessons":7}'), key);
  await page.goto('en/');
  await expect(page.locator(stationOf('first-message'))).toHaveAttribute('data-state', 'new');
});

test('after some lessons, the exercise that was passed longest ago is offered again', async ({
  page,
}) => {
  await page.goto('en/first-message/');
  await expect(page.locator('[data-again]')).toHaveCount(0);
  await page.goto('en/retained/');
  const box = page.locator('.again');
  await expect(box).toBeHidden();
  const offered = await page
    .locator('[data-again]')
    .evaluateAll((links) => links.map((link) => (link as HTMLElement).dataset['again']!));
  expect(offered.length).toBeGreaterThan(1);
  const oldest = offered[1]!;
  const passed = offered.map((id) => [id, { passed: id === oldest ? 1000 : 2000 }] as const);
  const kept = { version: 1, lessons: {}, exercises: Object.fromEntries(passed) };
  await page.evaluate(
    ([name, value]) => localStorage.setItem(name!, value!),
    [key, JSON.stringify(kept)],
  );
  await page.reload();
  await expect(box).toBeVisible();
  await expect(box.getByRole('link')).toHaveCount(1);
  await box.getByRole('link').click();
  const [lesson, exercise] = oldest.split('/');
  await expect(page).toHaveURL(`en/${lesson}/#exercise-${exercise}`);
});

test('a file of lessons that do not exist erases nothing', async ({ page }) => {
  const times = { opened: 1, read: 2 };
  await page.goto('en/progress/');
  await page.evaluate(
    ([name, value]) => localStorage.setItem(name!, value!),
    [key, JSON.stringify({ version: 1, lessons: { 'first-message': times }, exercises: {} })],
  );
  await page.reload();
  const joke = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`joke-${i}`, times]));
  await page.locator('input[type=file]').setInputFiles({
    name: 'progress.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify({ version: 1, lessons: joke, exercises: {} })),
  });
  await expect(page.locator('[data-said=imported]')).toBeVisible();
  await page.reload();
  await expect(page.locator('[data-count=read]')).toHaveText(/^1 of /);
});

import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { expect, isStatic } from './course.ts';
import { program } from './lesson-page.ts';
import { PlainPage, test } from './origin-plain.ts';

test.beforeEach(async ({ page }) => {
  await page.goto('en/');
  // Else nothing here proves anything.
  expect(
    await page.evaluate(() => [
      isSecureContext,
      'clipboard' in navigator,
      'serviceWorker' in navigator,
      'randomUUID' in crypto,
      'subtle' in crypto,
    ]),
  ).toEqual([false, false, false, false, false]);
});

test('the home page sends its message, and the search finds its lesson', async ({ page }) => {
  const live = page.locator('live-message');
  await live.getByRole('textbox').fill('from the class');
  await live.getByRole('button').click();
  await expect(live.getByRole('status')).toContainText('“from the class”');
  await page.keyboard.press('Escape');
  await page.locator('h1').click();
  await page.keyboard.press('/');
  await page.keyboard.insertText('retained');
  await expect(page.getByRole('option').first()).toContainText('Retained messages');
});

for (const language of ['en', 'zh-tw'] as const) {
  test(`${language}: a program runs, every check turns green, and that is kept`, async ({
    page,
  }) => {
    const lesson = new PlainPage(page, language);
    await lesson.open();
    await lesson.run();
    await expect(lesson.check('published')).toHaveAttribute('data-state', 'not-yet');
    await lesson.write(program('solution'));
    await lesson.run();
    await lesson.expectAllTrue();
    await expect(lesson.messages).toContainText('Hello, MQTT!');
    await page.goto(`${language}/progress/`);
    await expect(page.locator('[data-count=passed]')).toContainText('1');
  });
}

test('devices of several programs start and end', async ({ page }) => {
  const lesson = new PlainPage(page);
  await lesson.openLesson('publish-subscribe');
  await lesson.run();
  await lesson.expectDevice('thermometer.ts', 'running');
  await lesson.button('stop').click();
  await lesson.expectState('stopped');
});

test('a command with the room’s address is copied by its button', async ({ page }) => {
  test.skip(isStatic, 'no program outside of the page reaches a room in it');
  const lesson = new PlainPage(page);
  await lesson.open();
  const [command] = await lesson.ownComputer();
  const copy = lesson.workbench.getByRole('button', { name: lesson.word('own.copy') }).first();
  await copy.click();
  await expect(lesson.workbench).toContainText(lesson.word('own.copied'));
  expect(await lesson.pasted()).toBe(command);
  // The address that the command names is the one that the class reached the course by.
  expect(command).toContain('class.test');
});

test('a program of the text is copied by its button', async ({ page }) => {
  const lesson = new PlainPage(page);
  await lesson.open();
  const block = page.locator('.code-block').first();
  const code = await block.locator('pre').textContent();
  await block.getByRole('button').click();
  await expect.poll(() => lesson.pasted()).toBe(code);
});

test('a program is shared by link, and opened by it', async ({ page, browser, baseURL }) => {
  const lesson = new PlainPage(page);
  await lesson.open();
  await lesson.write(program('solution').replace('Hello, MQTT!', '來自教室'));
  await lesson.more('share');
  const field = lesson.workbench.getByRole('textbox', { name: lesson.word('share.link') });
  await expect(lesson.notices).toContainText(lesson.word('share.copied'));
  const link = await field.inputValue();
  expect(await lesson.pasted()).toBe(link);
  // Another reader: a browser without stored data.
  const theirs = await browser.newContext({ baseURL: baseURL! });
  const other = new PlainPage(await theirs.newPage());
  await other.page.goto(link);
  await other.editorReady();
  await expect(other.notices).toContainText(other.word('shared'));
  await expect(other.editor).toContainText('來自教室');
  await theirs.close();
});

test('a folder is downloaded for this broker, by the address of the class', async ({ page }) => {
  test.skip(isStatic, 'no program outside of the page reaches a room in it');
  const lesson = new PlainPage(page);
  await lesson.open();
  const download = page.waitForEvent('download');
  await lesson.more('download.room');
  const files = unzipSync(await readFile(await (await download).path()));
  const name = Object.keys(files).find((path) => path.endsWith('/publisher.ts'))!;
  expect(new TextDecoder().decode(files[name])).toContain('class.test');
});

test('progress is saved to a file, forgotten, and loaded from it', async ({ page }) => {
  const kept = {
    version: 1,
    lessons: { 'first-message': { opened: 1, read: 2 } },
    exercises: { 'first-message/publish': { passed: 3 } },
  };
  await page.evaluate(
    (value) => localStorage.setItem('retained:progress', value),
    JSON.stringify(kept),
  );
  await page.goto('en/progress/');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save to a file' }).click();
  const file = await (await download).path();
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(kept);
  await page.getByRole('button', { name: 'Forget everything' }).click();
  await expect(page.locator('[data-count=read]')).toHaveText(/^0 of /);
  await page.locator('input[type=file]').setInputFiles(file);
  await expect(page.locator('[data-count=read]')).toHaveText(/^1 of /);
});

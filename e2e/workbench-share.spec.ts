import { expect, test, watch } from './course.ts';
import { program } from './lesson-page.ts';
import { WorkbenchPage } from './workbench-page.ts';

test('a link contains the program; it is shown before use, and the own program is kept', async ({
  page,
  browser,
  course,
}) => {
  const mine = new WorkbenchPage(page);
  await mine.open();
  await mine.write(program('solution').replace('Hello, MQTT!', '來自連結 <i>'));
  await mine.more('share');
  const field = mine.workbench.getByRole('textbox', { name: mine.word('share.link') });
  const link = await field.inputValue();
  expect(link).toMatch(/\/en\/first-message\/#shared=first-message\/publish:z[\w-]+$/);

  const other = await browser.newContext({ baseURL: `${course.origin}/` });
  const seen = watch(other, course.origin);
  const theirs = new WorkbenchPage(await other.newPage());
  await theirs.open();
  await theirs.write('// my own\n');
  await expect(theirs.editor).toContainText('my own');
  const asked: string[] = [];
  theirs.page.on('request', (request) => asked.push(request.url()));
  await theirs.page.goto('about:blank');
  await theirs.page.goto(link);
  await theirs.editorReady();
  await expect(theirs.notices).toContainText(theirs.word('shared'));
  await expect(theirs.editor).toContainText('來自連結');
  // Nothing runs by itself, and no server was told what is in the link.
  await theirs.expectState('idle');
  expect(asked.filter((url) => /shared=|api\/rooms/.test(url))).toEqual([]);
  expect(new URL(theirs.page.url()).hash).toBe('');
  await theirs.run();
  await expect(theirs.messages).toContainText('來自連結 <i>');

  // After a reload it is still theirs to take back.
  await theirs.page.reload();
  await theirs.editorReady();
  await expect(theirs.editor).toContainText('來自連結');
  const back = theirs.workbench.getByRole('button', { name: theirs.word('shared.back') });
  await back.click();
  await expect(theirs.editor).toContainText('my own');
  await expect(back).toHaveCount(0);
  expect(seen).toEqual({ elsewhere: [], errors: [] });
  await other.close();
});

test('a link that was cut off changes nothing and says so', async ({ page }) => {
  const lesson = new WorkbenchPage(page);
  await lesson.openLesson('first-message', '#shared=first-message/publish:zAAAA');
  await expect(lesson.notices).toContainText(lesson.word('shared.damaged'));
  await expect(lesson.editor).toContainText('Publish a text to hello/mqtt here.');
});

test('the solution stands beside the program, goes along with it, and touches nothing', async ({
  page,
}) => {
  const lesson = new WorkbenchPage(page);
  await lesson.open();
  await lesson.more('solution.open');
  const view = lesson.workbench.getByRole('table', { name: lesson.word('solution') });
  await expect(view.locator('[data-only][data-side=solution]')).not.toHaveCount(0);
  await expect(lesson.editor).toContainText('mqtt.connectAsync');
  await lesson.write(program('solution'));
  await expect(view.locator('[data-only]')).toHaveCount(0);
  await expect(lesson.workbench).toContainText(lesson.word('solution.same'));
  await lesson.workbench.getByRole('button', { name: lesson.word('solution.close') }).click();
  await expect(view).toBeHidden();
  await expect(lesson.button('run')).toBeFocused();
});

test('where the store is full, a link does not push out the program that is there', async ({
  page,
}) => {
  const lesson = new WorkbenchPage(page);
  await lesson.open();
  await lesson.write('// theirs, longer than that of the link\n');
  await lesson.more('share');
  const field = lesson.workbench.getByRole('textbox', { name: lesson.word('share.link') });
  const link = await field.inputValue();
  await lesson.write(`// my own ${'x'.repeat(20_000)}\n`);
  await expect
    .poll(() => page.evaluate(() => Object.values(localStorage).join()))
    .toContain('my own');
  await page.evaluate(() => {
    for (let size = 4_000_000; size >= 1; size = Math.floor(size / 2)) {
      try {
        for (let i = 0; ; i += 1) localStorage.setItem(`full-${size}-${i}`, 'x'.repeat(size));
      } catch {
        // The next smaller one.
      }
    }
  });
  await page.goto('about:blank');
  await page.goto(link);
  await lesson.editorReady();
  await expect(lesson.notices).toContainText(lesson.word('shared.full'));
  await expect(lesson.editor).toContainText('my own');
  await lesson.workbench.getByRole('button', { name: lesson.word('shared.show') }).click();
  await expect(lesson.editor).toContainText('theirs');
  await expect(lesson.notices).toContainText(lesson.word('shared.unkept'));
  await lesson.workbench.getByRole('button', { name: lesson.word('shared.back') }).click();
  await expect(lesson.editor).toContainText('my own');
});

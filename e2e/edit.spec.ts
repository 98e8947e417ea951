import { expect, isStatic, test } from './course.ts';
import { LessonPage, program } from './lesson-page.ts';

test('a type error is underlined and the program still runs', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write(
    `${program('solution')}\nconst count: number = 'three';\nconsole.log(count);\n`,
  );
  await expect(lesson.editor.locator('.squiggly-error')).not.toHaveCount(0);
  await lesson.run();
  await lesson.expectAllTrue();
  await expect(lesson.output).toContainText('three');
});

test('a syntax error is shown at its line and nothing is run', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write(
    `import mqtt from 'mqtt';\n\nconst client = await mqtt.connectAsync('mqtt://localhost';\n`,
  );
  await lesson.run();
  await lesson.expectState('problems');
  await expect(lesson.notices).toContainText('line 3');
  // A room in the page begins when somebody writes, with the packets of its scene.
  if (!isStatic) await expect(lesson.packets.getByRole('option')).toHaveCount(0);
  // A click on the words below the line leaves the keys with the editor.
  const note = (await page.locator('.retained-problem-note').boundingBox())!;
  await page.mouse.click(note.x + 60, note.y + 8);
  await page.keyboard.type('/');
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  // A browser's translator must not change a program.
  await expect(page.locator('.wb-editor, .wb-file').first()).toHaveAttribute('translate', 'no');
});

test('a part of the page that is no longer there: it says so, and offers a reload', async ({
  page,
}) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await page.route(/\.js$/, (route) => route.fulfill({ status: 404 }));
  await page.getByRole('button', { name: 'More', exact: true }).first().click();
  await page.getByRole('menuitem', { name: 'Show the solution' }).click();
  await expect(lesson.notices).toContainText('The course was updated');
  await page.locator('[data-open-search]').first().click();
  await expect(page.locator('dialog[open] .said')).toContainText('could not be loaded');
  await page.keyboard.press('Escape');
  await page.unroute(/\.js$/);
  await lesson.notices.getByRole('button', { name: 'Reload' }).click();
  await lesson.editorReady();
  await expect(lesson.notices).not.toContainText('The course was updated');
});

test('an import of a module that programs do not have is a problem in words', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write(`import net from 'node:net';\nconsole.log(net);\n`);
  await lesson.run();
  await lesson.expectState('problems');
  await expect(lesson.notices).toContainText('node:net');
});

test('an exception is shown at the line where it was thrown', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write(
    `interface Reading {\n  value: number;\n}\n\nconst none = undefined as unknown as Reading;\nconsole.log(none.value);\n`,
  );
  await lesson.run();
  await lesson.expectState('failed');
  await expect(lesson.output.getByRole('button', { name: 'publisher.ts, line 6' })).toBeVisible();
});

test('what was written outlives a reload; Reset brings the starter back, Undo the draft', async ({
  page,
}) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  // Few lines: the editor draws only those that are seen.
  await lesson.write(`// my own words\nconsole.log('mine');\n`);
  await expect(lesson.editor).toContainText('my own words');
  await page.reload();
  await lesson.editorReady();
  await expect(lesson.editor).toContainText('my own words');
  await lesson.button('reset').click();
  await expect(lesson.editor).toContainText('Publish a text to hello/mqtt here.');
  await lesson.button('undo').click();
  await expect(lesson.editor).toContainText('my own words');
});

test('an endless loop leaves the page usable, and Stop ends it', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write(`console.log('in');\nwhile (true) {}\n`);
  await lesson.run();
  await lesson.expectState('busy');
  await expect(lesson.output).toContainText('in');
  // The page responds while the program doesn't.
  expect(await page.evaluate(() => 6 * 7)).toBe(42);
  await lesson.button('stop').click();
  await lesson.expectState('stopped');
  await lesson.write(program('solution'));
  await lesson.run();
  await lesson.expectAllTrue();
});

for (const [what, path] of [
  ['its program', /\/vendor\/editor-\w+\/editor\.js$/],
  ['its styles', /\/vendor\/editor-\w+\/editor\.css$/],
] as const)
  test(`an editor that can’t be loaded for want of ${what} says so, and comes at the next try`, async ({
    page,
  }) => {
    await page.route(path, (route) => route.abort());
    await page.goto('en/first-message/');
    const workbench = page.locator('mqtt-workbench');
    await expect(workbench).toContainText('The editor could not be loaded.');
    // A run says so, too, and does not wait for what doesn't come.
    const lesson = new LessonPage(page);
    await lesson.run();
    await expect(lesson.notices).toContainText(lesson.words['workbench.notice.gone']!);
    await lesson.expectState('failed');
    await page.unroute(path);
    await workbench.getByRole('button', { name: 'Load again' }).click();
    await expect(workbench.locator('.monaco-editor').first()).toBeVisible();
    await expect(workbench).not.toContainText('The editor could not be loaded.');
  });

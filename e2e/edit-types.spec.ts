/** Types whose check never ends block nothing. */
import { expect, test } from './course.ts';
import { LessonPage, program } from './lesson-page.ts';

/** 900 unions of 64,000 texts: a compiler has minutes to do with it. */
const endless = `type A = ${Array.from({ length: 40 }, (_, i) => `'${i.toString(36)}'`).join('|')};
${Array.from({ length: 900 }, (_, i) => `const v${i}: \`\${A}\${A}\${A}${i}\` = 'x';`).join('\n')}
console.log('ran');
`;

test('a program whose types never end runs, and so does the next one', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  const workers = () => page.workers().filter((one) => one.url().includes('worker'));
  await lesson.write(endless);
  await lesson.run();
  await expect(lesson.output).toContainText('ran', { timeout: 10_000 });
  await lesson.write(program('solution'));
  await lesson.run();
  await lesson.expectAllTrue();
  expect(workers().length).toBeLessThan(5);
});

test('types that are given up: syntax is checked still, and types again in another text', async ({
  page,
}) => {
  // A worker for types is made anew, and reads all of the language's own types: on a slow machine for long.
  test.setTimeout(180_000);
  const lesson = new LessonPage(page);
  await lesson.open();
  const wrong = lesson.workbench.locator('.monaco-editor .squiggly-error').first();
  await lesson.write(endless);
  // The worker that is stuck is ended, and another one is made.
  const ended = page
    .workers()
    .filter((one) => /worker/.test(one.url()))
    .map((one) => one.waitForEvent('close', { timeout: 60_000 }));
  await Promise.any(ended);
  await lesson.write(`${endless}const = 1;\n`);
  await expect(wrong).toBeVisible({ timeout: 60_000 });
  await lesson.write("console.log('right');\n");
  await expect(wrong).toHaveCount(0, { timeout: 60_000 });
  // A new worker's first check may be given up, too, if the machine is busy: the next text is another try.
  let attempt = 0;
  await expect(async () => {
    await lesson.write(`const text${attempt++}: number = 'text';\nconsole.log('typed');\n`);
    await expect(wrong).toBeVisible({ timeout: 25_000 });
  }).toPass({ timeout: 100_000 });
});

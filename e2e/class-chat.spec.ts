/** The chat of the lesson project-class-chat on mqtt://class: the same program, one line changed, two members of a class. */
import { readFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';
import { device, joinClass, startClass, unfold } from './class-page.ts';
import { expect, isStatic, test } from './course.ts';
import { LessonPage } from './lesson-page.ts';

test.skip(isStatic, 'a class needs the server');

const solution = readFileSync(
  new URL('../lessons/project-class-chat/chat/solution/me.ts', import.meta.url),
  'utf8',
);
/** As the lesson asks: one's own name, and one line. */
const forClass = (name: string, hello: string) =>
  solution
    .replace("const me = 'mei';", `const me = '${name}';`)
    .replace("'mqtt://localhost'", "'mqtt://class'")
    .replace("'Hi!', 'Mei here.'", `'Hi!', '${hello}'`);

async function member(browser: Browser, origin: string, code: string, name: string) {
  const context = await device(browser, origin);
  const lesson = new LessonPage(await context.newPage());
  await joinClass(lesson.page, code, name);
  await lesson.page.goto('en/project-class-chat/');
  await lesson.editorReady();
  return { context, lesson };
}

test('two members of a class read each other; who comes later gets the last three texts', async ({
  page,
  browser,
  course,
}) => {
  test.slow();
  const code = await startClass(page, course.data);
  const mei = await member(browser, course.origin, code, 'Mei');
  const lin = await member(browser, course.origin, code, 'Lin');
  await unfold(page, 'The shared room');
  await page.getByRole('checkbox', { name: 'The shared room is open' }).press('Space');
  for (const { lesson } of [mei, lin]) {
    const said = lesson.page.getByRole('status', { name: 'From your teacher' });
    await expect(said).toContainText('Your programs reach it at mqtt://class');
  }

  await mei.lesson.write(forClass('mei', 'Mei here.'));
  await mei.lesson.run();
  await expect(mei.lesson.output).toContainText('The panels show your own broker, not this one');
  await expect(mei.lesson.output).toContainText('mei is online');
  await expect(mei.lesson.output).toContainText('Bye!');

  // She comes when everything has been said.
  await lin.lesson.write(forClass('lin', '<img src=x>'));
  await lin.lesson.run();
  await expect(lin.lesson.output).toContainText('mei is online');
  for (const text of ['mei: MQTT!', 'mei: You?', 'mei: Bye!'])
    await expect(lin.lesson.output).toContainText(text);
  await expect(lin.lesson.output).not.toContainText('mei: Hi!');

  await expect(mei.lesson.output).toContainText('lin is online');
  await expect(mei.lesson.output).toContainText('lin: <img src=x>');
  await expect(mei.lesson.output).toContainText('lin: Bye!');
  await expect(mei.lesson.output.locator('img')).toHaveCount(0);
  // Without a word of hers: the broker says it.
  await lin.lesson.button('stop').click();
  await expect(mei.lesson.output).toContainText('lin is offline');
  for (const { context } of [mei, lin]) await context.close();
});

/** The frame of the programs can die, of a program that ate all memory for example. */
import { expect, test } from './course.ts';
import { LessonPage, program } from './lesson-page.ts';

test('a crash of the frame has a notice, and the next run has a new one', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write("console.log('alive');\nfor (;;);\n");
  await lesson.run();
  await expect(lesson.output).toContainText('alive');
  const frame = page.frames().find((one) => one.url().includes('frame'))!;
  // A process that has died can't be told from one that never answers again; a crash would be
  // the end of Playwright's own connection to the page.
  void frame
    .evaluate(() => {
      for (;;);
    })
    .catch(() => {});
  await lesson.expectState('failed');
  await expect(lesson.output).toContainText('It may have used up its memory.');
  await lesson.write(program('solution'));
  await lesson.run();
  await lesson.expectAllTrue();
});

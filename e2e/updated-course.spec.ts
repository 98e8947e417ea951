/** The host's files change while a page is open: what it can't load any more is said, with the way on. */
import { LessonPage, program } from './lesson-page.ts';
import { expect, test } from './static-course.ts';

const parts = {
  'the room': '**/vendor/room-*/room.js',
  'the exercise’s part of the room': '**/vendor/room-*/exercise-*.js',
  'the programs’ frame': '**/vendor/device-*/frame.html',
  'the programs’ runtime': '**/vendor/device-*/runtime.js',
  'what makes programs run': '**/assets/device.*.js',
};

for (const [name, files] of Object.entries(parts)) {
  test(`${name} is gone: the page says so, and after its button the program is there and runs`, async ({
    page,
  }) => {
    const lesson = new LessonPage(page);
    let missing = 0;
    // From the beginning: some of it is loaded together with the editor.
    await page.route(files, (route) => {
      missing += 1;
      return route.fulfill({ status: 404, contentType: 'text/html', body: '<!doctype html>404' });
    });
    await page.goto('en/first-message/');
    await lesson.editorReady();
    await lesson.write(program('solution'));
    await lesson.run();
    await expect(lesson.notices).toContainText(lesson.words['workbench.notice.gone']!);
    // The run has tried, too.
    await expect(lesson.button('stop')).toHaveAttribute('aria-disabled', 'true');
    expect(missing).toBeGreaterThan(0);
    await page.unroute(files);
    await lesson.notices
      .getByRole('button', { name: lesson.words['workbench.notice.gone.reload']! })
      .click();
    await expect(lesson.notices).not.toContainText(lesson.words['workbench.notice.gone']!);
    await lesson.editorReady();
    await lesson.run();
    await lesson.expectAllTrue();
  });
}

/** Programs that eat memory: the run ends with a notice, and so does the next load after a crash of the page. */
import { expect, test } from './course.ts';
import { hostilePrograms, programWorkers } from './hostile-programs.ts';
import { LessonPage } from './lesson-page.ts';

const buffers = ['memory: array buffers', 'memory: array buffers, small', 'memory: while it yields', 'memory: Buffer']; // prettier-ignore
for (const name of buffers) {
  test(`the run is ended: ${name}`, async ({ page }) => {
    const lesson = new LessonPage(page);
    await lesson.open();
    await lesson.write(hostilePrograms[name]!.text);
    await lesson.run();
    await expect(lesson.output).toContainText('its buffers take up more than 256 MB');
    await lesson.expectState('failed');
    await expect.poll(() => programWorkers(page), 'its worker is gone').toBeLessThanOrEqual(1);
  });
}

test('a loop without an end is ended in the end, and says why', async ({ page }) => {
  const lesson = new LessonPage(page, 'zh-tw');
  await lesson.open();
  await lesson.write('for (;;);\n');
  await lesson.run();
  await lesson.expectState('busy');
  const patience = { timeout: 40_000 };
  await expect(lesson.output).toContainText('在同一個迴圈裡連續執行了 15 秒', patience);
  await lesson.expectState('failed');
});

test('buffers that are let go are given back', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write(`let sum = 0;
for (let i = 0; i < 100; i += 1) {
  sum += new Uint8Array(10_000_000).length;
  await new Promise((resolve) => setTimeout(resolve, 5));
}
console.log('made', sum);
`);
  await lesson.run();
  await expect(lesson.output).toContainText('made 1000000000');
});

test('a page that died in a run says so after the reload, with the program', async ({ page }) => {
  const lesson = new LessonPage(page);
  // A real death would be the end of Playwright's own connection: like it, the page says no goodbye.
  await page.addInitScript(() => {
    const dies = (event: Event): void => {
      if (document.documentElement.dataset['dies']) event.stopImmediatePropagation();
    };
    addEventListener('pagehide', dies);
  });
  await lesson.open();
  await lesson.write("console.log('before');\nsetInterval(() => {}, 1_000);\n");
  await lesson.run();
  await expect(lesson.output).toContainText('before');
  await page.evaluate(() => void (document.documentElement.dataset['dies'] = 'yes'));
  await page.reload();
  await lesson.editorReady();
  await expect(lesson.notices).toContainText('The page died while your program was running');
  await expect(lesson.editor).toContainText("console.log('before')");
  await lesson.expectState('idle');
  // Told once; and a reload in a run is no death.
  await lesson.run();
  await expect(lesson.output).toContainText('before');
  const mark = () => page.evaluate(() => JSON.stringify(sessionStorage).includes('running'));
  expect(await mark()).toBe(true);
  await page.evaluate(() => dispatchEvent(new Event('pagehide')));
  expect(await mark()).toBe(false);
});

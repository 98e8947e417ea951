/**
 * Programs that try to freeze the page: Stop works while they print, and what is drawn is bounded.
 * How long the page stands still is printed by `npm run bench:hostile`.
 */
import { expect, test } from './course.ts';
import { hostilePrograms, programWorkers } from './hostile-programs.ts';
import { LessonPage } from './lesson-page.ts';

/** One for each thing that costs time; the benchmark runs them all. */
const frozen = [
  'lines: 100,000 Chinese',
  'lines: 100,000 combining',
  'lines: 12 marks a letter',
  'lines: 8,000 line breaks',
  'lines: short and many',
  'groups',
  'faces with names of megabytes',
  'junk on the port',
];
for (const name of frozen) {
  test(`Stop works: ${name}`, async ({ page }) => {
    const lesson = new LessonPage(page);
    await lesson.open();
    await lesson.write(hostilePrograms[name]!.text);
    await lesson.run();
    await lesson.expectState('running');
    // What has been drawn must not hold up the page.
    await expect(lesson.output).toContainText(/\S/);
    expect(programWorkers(page)).toBeGreaterThanOrEqual(1);
    await lesson.button('stop').click({ timeout: 5_000 });
    await lesson.expectState('stopped');
    await expect.poll(() => programWorkers(page), 'its worker is gone').toBeLessThanOrEqual(1);
    const drawn = await lesson.output.locator('.wb-console-line').allTextContents();
    expect(drawn.length).toBeLessThanOrEqual(2_000);
    expect(Math.max(...drawn.map(({ length }) => length))).toBeLessThan(1_200);
    expect(drawn.filter((line) => /\p{M}{5}/u.test(line))).toEqual([]);
  });
}

test('a PUBLISH of hundreds of megabytes is refused in the worker', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write(hostilePrograms['publishes of hundreds of megabytes']!.text);
  await lesson.run();
  await expect(lesson.output).toContainText('it sent more than the page can take in');
  await lesson.expectState('failed');
});

test('timers that make more of themselves end the run', async ({ page }) => {
  const lesson = new LessonPage(page, 'zh-tw');
  await lesson.open();
  await lesson.write(hostilePrograms['timers without end']!.text);
  await lesson.run();
  await expect(lesson.output).toContainText('同時等待的計時器超過 10000 個');
  await lesson.expectState('failed');
  await expect.poll(() => programWorkers(page), 'its worker is gone').toBeLessThanOrEqual(1);
});

test('what is left out of a long line and of many lines is said', async ({ page }) => {
  const lesson = new LessonPage(page, 'zh-tw');
  await lesson.open();
  await lesson.write(
    "console.log('字'.repeat(100_000));\nfor (let i = 0; i < 300; i += 1) console.log(i);\n",
  );
  await lesson.run();
  await expect(lesson.output).toContainText('……略過 201 行');
  const rest = lesson.output.getByRole('button', { name: '個字元' });
  await expect(lesson.output).not.toContainText('……還有 91,900 個字元');
  await rest.click();
  await expect(lesson.output).toContainText('……還有 91,900 個字元');
  await expect(rest).toHaveCount(0);
});

test('marks above a letter that are left out are counted', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write(String.raw`console.log('z' + '\u0301'.repeat(100_000));` + '\n');
  await lesson.run();
  await expect(lesson.output).toContainText(`z${'\u0301'.repeat(4)} … 99,996 more characters`);
});

test('a program whose expression never ends is refused, and the next one runs', async ({
  page,
}) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write(`console.log(${'1+'.repeat(40_000)}1);\n`);
  await lesson.run();
  await lesson.expectState('problems');
  await expect(lesson.notices).toContainText(/takes too long to compile|nested too deeply/);
  await lesson.write("console.log('short');\n");
  await lesson.run();
  await expect(lesson.output).toContainText('short');
});

test('a paste of fifty megabytes is cut, and refused as too long', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write('// mine\n');
  const left = await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'x = 1;\n'.repeat(7_000_000));
    const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    return document.activeElement!.dispatchEvent(paste);
  });
  expect(left).toBe(false);
  await lesson.run();
  await lesson.expectState('problems');
  await expect(lesson.notices).toContainText('at most 100,000 characters');
});

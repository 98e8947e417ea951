/** Programs that try to freeze the page: Stop works while they print, and the page goes on. */
import { expect, test } from './course.ts';
import { LessonPage } from './lesson-page.ts';

const forever = (printed: string) => `for (;;) console.log(${printed});\n`;
const hostile: Record<string, string> = {
  'Chinese, 100,000 characters a line': forever("'這是很長的一行。'.repeat(12_500)"),
  groups: "for (;;) { console.group('g'); console.log('a\\n'.repeat(4_000)); }\n",
  'faces with names and units of megabytes': `import { gauge, lamp } from 'device';
const long = 'x'.repeat(1_000_000);
for (let i = 0; i < 6; i += 1) {
  lamp(long);
  gauge('g', { unit: Array.from({ length: 3_000_000 }, () => ({})) as unknown as string });
}
for (;;) console.log(long);
`,
  'junk on the port': `for (const prototype of [MessageEvent.prototype, Map.prototype]) {
  const key = prototype === MessageEvent.prototype ? 'data' : Symbol.iterator;
  const junk = Array.from({ length: 1_000_000 }, () => ({}));
  try {
    Object.defineProperty(prototype, key, {
      get() {
        this.target?.postMessage(junk);
        return function* () {
          yield [1, junk];
        };
      },
    });
  } catch {
    console.log('refused');
  }
}
setInterval(() => console.log('x'), 1);
`,
};

for (const [name, program] of Object.entries(hostile)) {
  test(`Stop works: ${name}`, async ({ page }) => {
    const lesson = new LessonPage(page);
    await lesson.open();
    await lesson.write(program);
    await lesson.run();
    await lesson.expectState('running');
    // What has been drawn must not hold up the page.
    await expect(lesson.output).toContainText(/\S/);
    await lesson.button('stop').click({ timeout: 5_000 });
    await lesson.expectState('stopped');
  });
}

test('a PUBLISH of hundreds of megabytes is refused in the worker', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write(`import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost');
for (let i = 0; i < 8; i += 1) client.publish('a', 'x'.repeat(260_000_000));
`);
  await lesson.run();
  await expect(lesson.output).toContainText('it sent more than the page can take in');
  await lesson.expectState('failed');
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

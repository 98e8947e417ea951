/** No error of a program is lost, whatever way it takes out of it. */
import { expect, test } from './course.ts';
import { LessonPage } from './lesson-page.ts';

const lost: readonly [name: string, program: string, said: string | RegExp][] = [
  [
    'an async function that nobody awaits',
    `async function main() {\n  throw new Error('boom');\n}\nmain();\n`,
    'Error: boom',
  ],
  ['a rejected promise', `Promise.reject(new Error('boom'));\n`, 'Error: boom'],
  [
    'what is thrown after the last line is closed',
    `import mqtt from 'mqtt';
async function main() {
  const client = await mqtt.connectAsync('mqtt://localhost');
  await client.endAsync();
  throw new Error('boom');
}
main();
`,
    'Error: boom',
  ],
  [
    'a misspelt host',
    `import mqtt from 'mqtt';
async function main() {
  await mqtt.connectAsync('mqtt://localhos');
}
main();
`,
    /can only reach this page's broker, not mqtt:\/\/localhos\./,
  ],
  [
    'what throws when it is looked at',
    `throw new Proxy({}, { getPrototypeOf() { throw 1; } });\n`,
    '[Object]',
  ],
];
for (const [name, program, said] of lost) {
  test(`an error has a notice: ${name}`, async ({ page }) => {
    const lesson = new LessonPage(page);
    await lesson.open();
    // Not once: what is lost is lost by a race.
    for (let time = 0; time < 3; time += 1) {
      await lesson.write(`${program}// ${time}\n`);
      await lesson.run();
      await lesson.expectState('failed');
      await expect(lesson.output).toContainText(said);
    }
  });
}

test('the hint names the error that ended the program', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write(`import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost');
await (client as any).publishasync('hello/mqtt', 'Hello');
`);
  await lesson.run();
  await lesson.expectState('failed');
  const hint = lesson.check('published').locator('.wb-hint');
  await expect(hint).toContainText('client.publishasync isn’t a function');
});

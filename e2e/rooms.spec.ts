import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test, watch } from './course.ts';
import { LessonPage, program } from './lesson-page.ts';

const run = promisify(execFile);
const hasMosquitto = existsSync('/usr/bin/mosquitto_pub');

test('two browsers have two rooms, and nothing of one is seen in the other', async ({
  page,
  browser,
  course,
}) => {
  const other = await browser.newContext({ baseURL: `${course.origin}/` });
  const seen = watch(other, course.origin);
  const [mine, theirs] = [new LessonPage(page), new LessonPage(await other.newPage())];
  await Promise.all([mine.open(), theirs.open()]);
  await mine.write(program('solution').replace('Hello, MQTT!', 'only for my room'));
  // Both rooms exist and are watched before the message is sent.
  const [myCommand] = await mine.ownComputer();
  const [theirCommand] = await theirs.ownComputer();
  expect(addressIn(myCommand!)).not.toBe(addressIn(theirCommand!));
  await mine.run();
  await mine.expectAllTrue();
  await theirs.run();
  await theirs.expectState('finished');
  await expect(theirs.check('connected')).toHaveAttribute('data-state', 'true');
  await expect(theirs.workbench).not.toContainText('only for my room');
  await expect(theirs.messages).toHaveCount(0);
  expect(seen).toEqual({ elsewhere: [], errors: [] });
  await other.close();
});

test('a message by mosquitto_pub over TCP appears in the page', async ({ page }) => {
  test.skip(!hasMosquitto, 'mosquitto-clients is not installed');
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.run();
  await lesson.expectState('finished');
  const [command] = await lesson.ownComputer();
  // As it stands in the page, except for the message.
  const args = command!
    .replace(/ -m ".*"$/, '')
    .split(' ')
    .slice(1);
  expect(command).toMatch(/^mosquitto_pub -h \S+ -p \d+ -u \S+ -t hello\/mqtt -m /);
  await run('/usr/bin/mosquitto_pub', [...args, '-m', 'from a real shell']);
  await expect(lesson.messages).toContainText('from a real shell');
  await expect(lesson.packets).toContainText('from a real shell');
});

test('a client with a wrong key is refused: not authorized', async ({ page }) => {
  test.skip(!hasMosquitto, 'mosquitto-clients is not installed');
  const lesson = new LessonPage(page);
  await lesson.open();
  const [command] = await lesson.ownComputer();
  const address = addressIn(command!);
  const wrong = address.slice(0, -1) + (address.endsWith('2') ? '3' : '2');
  const args = command!
    .replace(address, wrong)
    .replace(/ -m ".*"$/, '')
    .split(' ')
    .slice(1);
  // 5: the return code of CONNACK, which mosquitto_pub hands on as its exit code.
  await expect(run('/usr/bin/mosquitto_pub', [...args, '-m', 'x'])).rejects.toMatchObject({
    stderr: expect.stringContaining('not authorised'),
  });
});

const addressIn = (command: string): string => / -u (\S+)/.exec(command)![1]!;

/** `mosquitto` and `docker` typed in the page: the broker that they start is the room's, and programs reach it. */
import { expect, test } from './course.ts';
import { ExerciseWorkbench } from './exercise-workbench.ts';
import { LessonPage } from './lesson-page.ts';
import { openTerminal, Terminal, wordsOf } from './terminal-page.ts';

test('mosquitto started by hand says what it does, and programs reach it', async ({ page }) => {
  const { panel, words, first } = await openTerminal(page);
  await first.enter('systemctl stop mosquitto');
  await first.enter("echo 'listener 1883' > a.conf; echo 'allow_anonymous true' >> a.conf");
  await first.enter('mosquitto -c a.conf -v');
  await first.shows(/mosquitto version \S+ running/);
  await panel.getByRole('button', { name: words['terminal.new']! }).click();
  const second = new Terminal(page, panel, words, 2);
  await second.enter('mosquitto_pub -i ann -t a/b -m hello -q 1; echo "status $?"');
  await second.shows('status 0');
  // The last line of what it says of her; the rest may have left the screen.
  await first.shows('Client ann disconnected.');
  await first.input.focus();
  await page.keyboard.press('Control+c');
  await first.shows(/mosquitto version \S+ terminating/);
  await first.enter('systemctl start mosquitto; systemctl is-active mosquitto');
  await first.shows('is-active mosquittoactive$');
});

test('a container without the conf lets nobody in; with it and a port, the phone', async ({
  page,
}) => {
  const id = 'where-is-localhost/in-a-container';
  const workbench = new ExerciseWorkbench(page, 'en', id);
  const lesson = new LessonPage(page);
  await workbench.goto();
  await page.locator('.exercise-tabs:visible a[href="#exercise-in-a-container"]').click();
  await workbench.element.scrollIntoViewIfNeeded();
  await page.mouse.move(8, 8);
  await workbench.ready();
  const words = wordsOf('en');
  const terminal = new Terminal(page, workbench.element, words, 1);
  const hint = workbench.element.locator('.wb-hint:visible');
  const run = workbench.element.getByRole('button', { name: lesson.words['workbench.run']!, exact: true }); // prettier-ignore
  await terminal.enter('docker run -d --name broker -p 1883:1883 eclipse-mosquitto:2.0');
  await terminal.enter('docker logs broker');
  await terminal.shows('Starting in local only mode.');
  await run.click();
  await expect(hint).toContainText('local only mode');
  await terminal.enter('docker rm -f broker');
  await terminal.enter('docker run -d -p 1883:1883 -v .:/mosquitto/config eclipse-mosquitto:2.0');
  await terminal.enter('clear; docker ps');
  await terminal.shows('0.0.0.0:1883->1883/tcp');
  await run.click();
  for (const check of ['phone', 'guest'])
    await expect(workbench.check(check)).toHaveAttribute('data-state', 'true', { timeout: 30_000 });
});

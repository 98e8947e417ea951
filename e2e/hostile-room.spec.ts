/** Hostile programs with the broker in the page: its limits hold, the page lives, a dead room is replaced. */
import type { Page } from '@playwright/test';
import { expect, test } from './course.ts';
import { hostilePrograms } from './hostile-programs.ts';
import { LessonPage, program } from './lesson-page.ts';

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    // The programs' frame has no store.
    if (origin !== 'null') sessionStorage.setItem('retained:room-place', 'browser');
  });
});

async function start(page: Page, text: string): Promise<LessonPage> {
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write(text);
  await lesson.run();
  return lesson;
}
/** The room and the page take the next program as if nothing had been. */
async function expectNextRun(lesson: LessonPage): Promise<void> {
  await lesson.write(program('solution'));
  await lesson.run();
  await lesson.expectAllTrue();
}
const roomWorker = (page: Page) =>
  page.workers().find((worker) => worker.url().includes('/vendor/room-'))!;

for (const name of ['publishes without a pause', 'connections without end']) {
  test(`Stop works, and the next program runs: ${name}`, async ({ page }) => {
    const lesson = await start(page, hostilePrograms[name]!.text);
    // The flood has reached the room.
    await expect(lesson.packets.getByRole('option').first()).toBeVisible();
    // By its key: on a slow machine the page may have ended the program before, which disables the button.
    await page.keyboard.press('ControlOrMeta+Shift+Enter');
    await expect(lesson.button('stop')).toHaveAttribute('aria-disabled', 'true');
    await expectNextRun(lesson);
  });
}

test('a program takes 10 lines, and no more', async ({ page }) => {
  const lesson = await start(
    page,
    `import mqtt from 'mqtt';
let connected = 0;
let closed = 0;
for (let i = 0; i < 40; i += 1) {
  const client = mqtt.connect('mqtt://localhost', { reconnectPeriod: 0 });
  client.on('connect', () => void (connected += 1));
  client.on('error', () => {});
  client.on('close', () => void (closed += 1));
}
const wait = setInterval(() => {
  if (connected + closed < 40) return;
  clearInterval(wait);
  console.log('connected', connected, 'closed', closed);
}, 50);
`,
  );
  await expect(lesson.output).toContainText(/connected \d+ closed \d+/);
  const [, connected] = /connected (\d+)/.exec((await lesson.output.textContent())!)!;
  expect(Number(connected)).toBe(10);
  // Its clients hold it open: the button says “Run again” until it is stopped.
  await lesson.button('stop').click();
  await expect(lesson.button('stop')).toHaveAttribute('aria-disabled', 'true');
  await expectNextRun(lesson);
});

test('a packet above the limit closes its line, and the limit is named', async ({ page }) => {
  const lesson = await start(
    page,
    `import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost', { reconnectPeriod: 0 });
client.on('close', () => console.log('closed'));
client.publish('a', 'x'.repeat(70_000));
`,
  );
  await expect(lesson.output).toContainText('closed');
  await expect(lesson.notices).toContainText('a limit of this course');
  await expectNextRun(lesson);
});

for (const [how, die] of [
  [
    'fails',
    () =>
      void setTimeout(() => {
        throw new Error('the room broke');
      }),
  ],
  ['ends without a word', () => self.close()],
] as const) {
  test(`a room whose worker ${how} is said, and replaced`, async ({ page }) => {
    const lesson = await start(
      page,
      "import mqtt from 'mqtt';\nmqtt.connect('mqtt://localhost');\n",
    );
    await lesson.expectState('running');
    await expect(lesson.packets.getByRole('option').first()).toBeVisible();
    await roomWorker(page).evaluate(die);
    await expect(lesson.notices).toContainText(lesson.words['workbench.notice.ended-browser']!);
    await lesson.notices
      .getByRole('button', { name: lesson.words['workbench.try-again']! })
      .click();
    await expect(lesson.notices).toContainText(lesson.words['workbench.notice.replaced-browser']!);
    await expectNextRun(lesson);
  });
}

/** A room with an outside broker: the page does not get its clients or retained messages. */
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { busyCourse, type BusyCourse } from '../bench/page-load/busy-room.ts';
import { createBroker } from '../sandbox/engine/builtin/index.ts';
import { outside } from '../sandbox/engine/outside/index.ts';
import { memoryPair } from '../sandbox/room/memory-pair.ts';
import { root } from '../scripts/build.ts';
import { giveSign } from './course.ts';
import { LessonPage } from './lesson-page.ts';
import { openPanel } from './panel-page.ts';
import { expectNoViolations, listening } from './panel-run.ts';

/** Another broker, which the room only dials. */
const engine = outside(async (options) => {
  const broker = await createBroker(options);
  let line = 0;
  return {
    dial() {
      const [near, far] = memoryPair();
      broker.handle(far, { line: ++line });
      return near;
    },
    stop: () => broker.close(),
  };
});

const test = base.extend<object, { course: BusyCourse }>({
  course: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from here
    async ({}, use) => {
      const site = process.env['RETAINED_E2E_SITE'] ?? join(root, 'dist');
      const course = await busyCourse(site, 0, engine);
      await use(course);
      await course.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ course }, use) => use(`${course.origin}/`),
});
test.beforeEach(({ context }) => context.addInitScript(giveSign));

for (const [language, broker, topics] of [
  [
    'en',
    'This room’s broker does not tell which clients and retained messages it has.',
    'This room’s broker does not tell which messages it retains.',
  ],
  [
    'zh-tw',
    '這個房間的 broker 不提供它有哪些用戶端和保留訊息。',
    '這個房間的 broker 不提供它保留了哪些訊息',
  ],
] as const) {
  test(`${language}: the panels Broker and Topics say what they cannot know`, async ({ page }) => {
    const lesson = new LessonPage(page, language);
    await lesson.open();
    await openPanel(lesson, 'broker');
    await lesson.write(listening);
    await lesson.run();
    await expect(lesson.output).toContainText('waiting');
    const held = await openPanel(lesson, 'broker');
    await expect(held).toContainText(broker);
    await expectNoViolations(page, '[role=tabpanel][data-panel=broker]');
    // What the packets say is there all the same.
    const tree = await openPanel(lesson, 'topics');
    await expect(tree).toContainText(topics);
    await expect(tree.locator('[data-topic="hello/mqtt"]')).toBeVisible();
    // No “something is wrong” beside it.
    await expect(page.locator('.wb-notice')).toHaveCount(0);
  });
}

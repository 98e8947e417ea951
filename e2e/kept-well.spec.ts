/** What a page shows and keeps while its room, its server or its own tab is away. */
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { busyCourse, send, type BusyCourse } from '../bench/page-load/busy-room.ts';
import { root } from '../scripts/build.ts';
import { LessonPage, program } from './lesson-page.ts';
import { addressIn, openPanel } from './panel-page.ts';

const site = process.env['RETAINED_E2E_SITE'] ?? join(root, 'dist');
/** In front, because the editor is low while a run is watched. */
const typed = `// what I typed, and would not want to type again\n${program('solution')}`;

let course: BusyCourse;
test.beforeEach(async () => {
  course = await busyCourse(site);
});
test.afterEach(() => course.stop());

/** The lesson with something typed, and all of it true once. */
async function typedIn(page: Page): Promise<LessonPage> {
  const lesson = new LessonPage(page);
  await page.goto(`${course.origin}/en/first-message/`);
  await lesson.editorReady();
  await lesson.write(typed);
  await lesson.run();
  await lesson.expectAllTrue();
  return lesson;
}
const expectTyped = (lesson: LessonPage) =>
  expect(lesson.editor.locator('.view-lines')).toContainText(/would.not.want.to.type.again/);
/** Asleep: nothing of the page runs. */
const lifecycle = async (page: Page, state: 'frozen' | 'active') => {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state });
};

test('a server that is gone: said in words, with two things to do; back again, a new room; nothing typed is lost', async ({ page }) => {
  test.setTimeout(240_000);
  const lesson = await typedIn(page);
  const { port } = new URL(course.origin);
  await course.stop();
  await expect(lesson.workbench.locator('.wb-connection')).toHaveText(lesson.words['workbench.connection.reconnecting']!);
  await expect(lesson.notices).toContainText(lesson.words['workbench.notice.unreachable']!);
  // It tries for half a minute by itself; then the learner decides.
  await expect(lesson.workbench.locator('.wb-connection')).toHaveText(lesson.words['workbench.connection.lost']!, { timeout: 60_000 });
  await expectTyped(lesson);
  // Try again, or go on with a broker in the page.
  await expect(lesson.notices.getByRole('button')).toHaveCount(2);
  course = await busyCourse(site, Number(port));
  await lesson.notices.getByRole('button', { name: lesson.words['workbench.try-again']! }).click();
  await expect(lesson.notices).toContainText(lesson.words['workbench.notice.replaced']!);
  await expectTyped(lesson);
  await lesson.run();
  await lesson.expectAllTrue();
  // Not even by a reload.
  await page.reload();
  await lesson.editorReady();
  await expectTyped(lesson);
}); // prettier-ignore

test('a tab that slept while its room expired: it says so, has a new one, and what was typed', async ({ page }) => {
  const lesson = await typedIn(page);
  await lifecycle(page, 'frozen');
  await course.expireAll();
  await lifecycle(page, 'active');
  await expect(lesson.notices).toContainText(lesson.words['workbench.notice.replaced']!);
  await expectTyped(lesson);
  await lesson.run();
  await lesson.expectAllTrue();
}); // prettier-ignore

test('a tab that slept through more than the room remembers has the rest, and the number of what it missed', async ({ page }) => {
  const lesson = await typedIn(page);
  const packets = await openPanel(lesson, 'packets');
  const room = course.room(addressIn((await lesson.ownComputer())[0]!));
  await lifecycle(page, 'frozen');
  await send(room, 4_000, 5);
  const { last } = room.trace;
  await lifecycle(page, 'active');
  const rows = lesson.packets.getByRole('option');
  // All entries but those that are no rows: lines that opened, and what the program's state was.
  const all = async () => {
    const shown = Number(await rows.last().getAttribute('aria-setsize'));
    const text = (await packets.locator('.wb-left-out').first().textContent()) ?? '';
    return shown + Number(/\d+/.exec(text)?.[0] ?? 0);
  };
  await expect.poll(async () => last - (await all())).toBeLessThanOrEqual(8);
  expect(last).toBeGreaterThan(20_000);
  await expect(rows.last()).toBeVisible();
  await expectTyped(lesson);
}); // prettier-ignore

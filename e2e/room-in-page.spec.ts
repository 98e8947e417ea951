/** The broker in the page: a room in a Web Worker, when there is no server or the learner wants it. */
import type { Page, Request } from '@playwright/test';
import { expect, isStatic, test } from './course.ts';
import { LessonPage, program } from './lesson-page.ts';

/** Requests for a room of the server, and WebSockets to it. */
function watchServer(page: Page): string[] {
  const seen: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/')) seen.push(pathname);
  });
  page.on('websocket', (socket) => seen.push(new URL(socket.url()).pathname));
  return seen;
}
async function choose(lesson: LessonPage, key: string): Promise<void> {
  await lesson.workbench
    .getByText(lesson.words['workbench.more']!, { exact: true })
    .first()
    .click();
  await lesson.page.getByRole('menuitem', { name: lesson.words[key]! }).click();
}

test('moved by the menu, an exercise passes with a broker in the page and asks no server', async ({
  page,
}) => {
  const asked = watchServer(page);
  const lesson = new LessonPage(page);
  await lesson.open();
  await choose(lesson, 'workbench.place.to-browser');
  await expect(lesson.notices).toContainText(lesson.words['workbench.place.moved-browser']!);
  await lesson.write(program('solution'));
  await lesson.run();
  await lesson.expectAllTrue();
  await expect(lesson.messages).toContainText('Hello, MQTT!');
  await expect(
    lesson.packets.getByRole('option').filter({ hasText: 'PUBLISH' }).first(),
  ).toBeVisible();
  expect(asked).toEqual([]);
  // A second run has a fresh broker, and the place outlives a reload.
  await lesson.run();
  await lesson.expectAllTrue();
  await page.reload();
  await lesson.editorReady();
  await lesson.run();
  await lesson.expectAllTrue();
  expect(asked).toEqual([]);
  await choose(lesson, 'workbench.place.to-server');
  await lesson.run();
  await lesson.expectAllTrue();
  expect(asked).toContain('/api/rooms');
});

/** As brotli. A telephone at 1.6 Mbit/s has them in 0.6 s. */
const mostOfRoom = 120 * 1024;

test('a room in the page is at most 120 KB more to load, and a page whose room is on the server loads none of it', async ({
  page,
}) => {
  test.skip(isStatic, 'a host of plain files compresses in its own way, or not at all');
  const loaded: Request[] = [];
  page.context().on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/vendor/room-')) loaded.push(request);
  });
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write(program('solution'));
  await lesson.run();
  await lesson.expectAllTrue();
  expect(loaded).toEqual([]);
  await choose(lesson, 'workbench.place.to-browser');
  await lesson.run();
  await lesson.expectAllTrue();
  const sizes = await Promise.all(
    loaded.map(async (request) => {
      const response = await request.response();
      expect(await response?.headerValue('content-encoding'), request.url()).toBe('br');
      return Number(await response?.headerValue('content-length'));
    }),
  );
  // The room, and at least a chunk of the exercise's own.
  expect(sizes.length).toBeGreaterThanOrEqual(2);
  for (const size of sizes) expect(size).toBeGreaterThan(0);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(mostOfRoom);
});

test('a server that does not respond: the page offers a broker of its own, and the run goes on', async ({
  page,
}) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await page.route('**/api/rooms', (route) => route.abort());
  await lesson.write(program('solution'));
  await lesson.run();
  await lesson.notices
    .getByRole('button', { name: lesson.words['workbench.place.go-on']! })
    .click();
  await lesson.expectAllTrue();
  await expect(lesson.notices).toContainText(lesson.words['workbench.place.moved-browser']!);
  await expect(lesson.notices).not.toContainText(lesson.words['workbench.notice.unreachable']!);
});

/** The broker in the page: a room in a Web Worker, when there is no server or the learner wants it. */
import { fileURLToPath } from 'node:url';
import type { Page, Request } from '@playwright/test';
import { start, type RunningServer } from '../sandbox/server/main.ts';
import { exercisesIn } from '../scripts/exercises.ts';
import { expect, isStatic, test } from './course.ts';
import { LessonPage, program } from './lesson-page.ts';
import { startCourse, type CourseServer } from './server.ts';

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
  const place = lesson.page.getByRole('menuitemradio', { name: lesson.words[key]! });
  await expect(place).toHaveAttribute('aria-checked', 'false');
  await place.click();
}

test('moved by the menu, an exercise passes with a broker in the page and asks no server', async ({
  page,
}) => {
  const asked = watchServer(page);
  const lesson = new LessonPage(page);
  await lesson.open();
  await choose(lesson, 'workbench.place.browser');
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
  await choose(lesson, 'workbench.place.server');
  await lesson.run();
  await lesson.expectAllTrue();
  expect(asked).toContain('/api/rooms');
});

/** As brotli. A telephone at 1.6 Mbit/s has them in 0.6 s. */
const mostOfRoom = 120 * 1024;

test('a room in the page is at most 120 KB more to load, and none of it before somebody writes', async ({
  page,
}) => {
  test.skip(isStatic, 'a host of plain files compresses in its own way, or not at all');
  const loaded: Request[] = [];
  page.context().on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/vendor/room-')) loaded.push(request);
  });
  const lesson = new LessonPage(page);
  await page.goto('en/first-message/');
  await lesson.editorReady();
  expect(loaded).toEqual([]);
  await lesson.write(program('solution'));
  await lesson.run();
  await lesson.expectAllTrue();
  await choose(lesson, 'workbench.place.browser');
  await lesson.run();
  await lesson.expectAllTrue();
  const unique = [...new Map(loaded.map((request) => [request.url(), request])).values()];
  const sizes = await Promise.all(
    unique.map(async (request) => {
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

/** A server of the test's own, which it may end. */
const ownTest = test.extend<{ own: CourseServer }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from here
  own: async ({}, use) => {
    const own = await startCourse();
    await use(own);
    await own.end();
  },
  baseURL: ({ own }, use) => use(`${own.origin}/`),
  watchedOrigin: ({ own }, use) => use(own.origin),
});
const goOn = (lesson: LessonPage) =>
  lesson.notices.getByRole('button', { name: lesson.words['workbench.place.go-on']! });
const notice = (lesson: LessonPage, key: string) => lesson.words[`workbench.notice.${key}`]!;

ownTest(
  'a server that ends while a program runs: the page goes on without it, and back',
  async ({ page, own }) => {
    const lesson = new LessonPage(page);
    const spare = page
      .context()
      .waitForEvent('response', (response) => response.url().includes('/exercise-'));
    await lesson.open();
    await lesson.write(`${program('solution')}setInterval(() => {}, 1000);\n`);
    await lesson.run();
    await lesson.expectAllTrue();
    await (await spare).finished();
    await own.end('SIGKILL');
    await goOn(lesson).click();
    await expect(lesson.notices).toContainText(lesson.words['workbench.place.moved-browser']!);
    // The program is the same, and all that it needs is there.
    await lesson.run();
    await lesson.expectAllTrue();
    for (const key of ['unreachable', 'gone', 'replaced-browser'])
      await expect(lesson.notices).not.toContainText(notice(lesson, key));

    const again = await startCourse('--port', String(own.port));
    try {
      await choose(lesson, 'workbench.place.server');
      const asked = watchServer(page);
      await lesson.run();
      await lesson.expectAllTrue();
      expect(asked).toContain('/api/rooms');
      // It waited for this room.
      await expect(lesson.notices).not.toContainText(notice(lesson, 'replaced'));
    } finally {
      await again.end();
    }
  },
);

/** A server that has place for one room, which somebody else has. */
const fullTest = test.extend<{ full: RunningServer }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from here
  full: async ({}, use) => {
    const full = await start({
      exercises: exercisesIn(fileURLToPath(new URL('../lessons', import.meta.url))),
      site: process.env['RETAINED_E2E_SITE']!,
      limits: { rooms: 1 },
      ...{ host: '127.0.0.1', port: 0, mqttPort: 0 },
    });
    await use(full);
    await full.stop();
  },
  baseURL: ({ full }, use) => use(`http://localhost:${full.port}/`),
  watchedOrigin: ({ full }, use) => use(`http://localhost:${full.port}`),
});

fullTest('a server that is full: the run goes on in the page', async ({ page, request }) => {
  const data = { exercise: 'first-message/publish' };
  expect((await request.post('api/rooms', { data })).status()).toBe(200);
  expect((await request.post('api/rooms', { data })).status()).toBe(503);
  const lesson = new LessonPage(page, 'zh-tw');
  await lesson.open();
  await lesson.write(program('solution'));
  await lesson.run();
  await expect(lesson.notices).toContainText(notice(lesson, 'busy-server'));
  await goOn(lesson).click();
  await lesson.expectAllTrue();
  await expect(lesson.notices).not.toContainText(notice(lesson, 'busy-server'));
});

/** The workbench's panels in a real browser: what their pure parts can't show. */
import { expect, isStatic, test } from '../course.ts';
import { LessonPage, program } from '../lesson-page.ts';
import { startCourse } from '../server.ts';

test('a packet by keyboard: its fields, its bytes, and each leads to the other', async ({
  page,
}) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write(program('solution'));
  await lesson.run();
  await lesson.expectState('finished');
  await lesson.packets.focus();
  await page.keyboard.press('Home');
  const selected = lesson.packets.getByRole('option', { selected: true });
  await expect(selected).toContainText('CONNECT');
  for (let row = 0; row < 20; row += 1) {
    if (/publisher.*PUBLISH/s.test((await selected.textContent()) ?? '')) break;
    await page.keyboard.press('ArrowDown');
  }
  await expect(selected).toContainText('hello/mqtt');

  const fields = lesson.workbench.getByRole('listbox', { name: 'Fields' });
  const bytes = lesson.workbench.getByRole('grid');
  // From a byte to its field: byte 4 is the topic's first letter, after 2 + 2 bytes.
  await bytes.focus();
  for (let i = 0; i < 5; i += 1) await page.keyboard.press('ArrowRight');
  await expect(bytes.locator('.wb-at[role=gridcell]')).toHaveText('68');
  await expect(fields.locator('.wb-marked')).toContainText('hello/mqtt');
  await expect(bytes.locator('[role=gridcell].wb-marked')).toHaveCount('hello/mqtt'.length);
  // From a field to its bytes: the last one is the payload.
  await fields.focus();
  await page.keyboard.press('End');
  await expect(bytes.locator('[role=gridcell].wb-marked')).toHaveCount('Hello, MQTT!'.length);
  // The first byte is four fields.
  await bytes.focus();
  await page.keyboard.press('Home');
  await expect(fields.locator('.wb-marked')).toHaveCount(4);
  await page.keyboard.press('Escape');
  await expect(lesson.workbench.locator('.wb-detail')).toBeHidden();
  await expect(lesson.packets).toBeFocused();
});

test('a thousand packets: few are drawn; the end is followed until the reader scrolls', async ({
  page,
}) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write(
    `import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost');
for (let i = 1; i <= 250; i++) await client.publishAsync('hello/mqtt', 'reading ' + i);
`,
  );
  await lesson.run();
  const last = lesson.packets.getByRole('option', { name: /reading 250$/ });
  await lesson.workbench.locator('.wb-own').scrollIntoViewIfNeeded();
  await expect(last.last()).toBeInViewport();
  expect(await lesson.packets.getByRole('option').count()).toBeLessThan(60);
  await expect(lesson.messages.last()).toContainText('reading 250');
  await expect(lesson.messages.last()).toBeInViewport();

  const follow = lesson.workbench.getByRole('button', { name: 'Follow the newest' });
  await expect(follow).toBeHidden();
  await lesson.packets.evaluate((list) => (list.scrollTop = 0));
  await expect(follow).toBeVisible();
  if (!isStatic) expect((await lesson.ownComputer())[0]).toContain('mosquitto_pub');
  await expect(lesson.packets.getByRole('option').first()).toContainText('CONNECT');
  await follow.click();
  await expect(last.last()).toBeInViewport();
  await expect(follow).toBeHidden();
});

test('Ctrl+Enter runs, from inside the editor too; the page gets an event when the exercise is passed', async ({
  page,
}) => {
  const lesson = new LessonPage(page);
  await page.addInitScript(() => {
    const passed: unknown[] = [];
    Object.assign(globalThis, { passed });
    document.addEventListener('retained:passed', (event) =>
      passed.push((event as CustomEvent).detail),
    );
  });
  await lesson.open();
  await lesson.write(program('solution'));
  await page.keyboard.press('Control+Enter');
  await lesson.expectAllTrue();
  await lesson.expectState('finished');
  expect(await page.evaluate(() => (globalThis as unknown as { passed: unknown }).passed)).toEqual([
    { exercise: 'first-message/publish' },
  ]);
});

test('lines to copy are copied where there is no clipboard, as on a page of plain HTTP', async ({
  page,
}) => {
  test.skip(isStatic, 'no program outside of the page reaches a room in it');
  const lesson = new LessonPage(page);
  await lesson.open();
  const [command] = await lesson.ownComputer();
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await lesson.workbench.getByRole('button', { name: 'Copy', exact: true }).first().click();
  await expect(lesson.workbench.getByRole('button', { name: 'Copied' })).toBeVisible();
  await lesson.editor.locator('.view-lines').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+v');
  const shown = async () => (await lesson.editor.locator('.view-lines').innerText()).split(/\s+/);
  await expect.poll(shown).toEqual(expect.arrayContaining(command!.split(' ').slice(0, 5)));
});

test('the reading page loads neither editor nor workbench until the exercise is near', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1000, height: 500 });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  // The exercise stands in the first screen and a half; this reader has a taller text above it.
  await page.addInitScript(() =>
    new MutationObserver((_, observer) => {
      const workbench = document.querySelector<HTMLElement>('.workbench');
      if (!workbench) return;
      workbench.style.marginTop = '3000px';
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true }),
  );
  await page.goto('en/first-message/', { waitUntil: 'networkidle' });
  const heavy = () => asked.filter((path) => /\/vendor\/|\/workbench\.\S+\.js/.test(path));
  expect(heavy()).toEqual([]);
  await new LessonPage(page).editorReady();
  expect(heavy().some((path) => path.includes('/vendor/'))).toBe(true);
});

test('a server that stops has a notice; after its return there is a new room to run in', async ({
  browser,
}) => {
  let course = await startCourse();
  const page = await browser.newPage({ baseURL: course.origin });
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write(program('solution'));
  await lesson.run();
  await lesson.expectAllTrue();
  const { port } = course;
  await course.end();
  const connection = lesson.workbench.locator('.wb-connection');
  await expect(connection).toHaveText(lesson.words['workbench.connection.reconnecting']!);
  course = await startCourse('--port', String(port));
  await expect(lesson.notices).toContainText(lesson.words['workbench.notice.replaced']!);
  await lesson.run();
  await lesson.expectAllTrue();
  await page.close();
  await course.end();
});

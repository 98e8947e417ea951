/** The page before anybody has moved: still text, and a Run that works at the first press. */
import { expect, test } from './course.ts';
import { LessonPage, program } from './lesson-page.ts';

test.use({ somebody: false });

for (const [name, width] of [
  ['a wide screen', 1440],
  ['a phone', 390],
] as const)
  test(`${name}: nothing of the workbench comes before there is a reader`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto('en/first-message/', { waitUntil: 'networkidle' });
    expect(asked.filter((path) => /\/vendor\/|\/workbench\.|\/styles\./.test(path))).toEqual([]);
    await page.mouse.move(5, 5);
    await page.mouse.wheel(0, 400);
    await expect(page.locator('mqtt-workbench .wb-run')).toBeVisible();
  });

test('the first press of Run runs, and the focus stays on it', async ({ page }) => {
  await page.goto('en/first-message/');
  const lesson = new LessonPage(page);
  await lesson.button('run').focus();
  await lesson.button('run').press('Enter');
  await lesson.expectState('finished');
  await expect(lesson.output).toContainText('Connected to the broker.');
  await expect(lesson.workbench.locator('.wb-run')).toBeFocused();
  expect(program('starter')).toContain('Connected to the broker.');
});

test('who is in the text of the program is in its place when the editor comes', async ({
  page,
}) => {
  await page.goto('/en/first-message/');
  const lesson = new LessonPage(page);
  await lesson.workbench.locator('[data-code] pre').first().focus();
  await expect(lesson.editor).toBeVisible({ timeout: 30_000 });
  await expect(lesson.workbench.locator('.wb-code')).not.toHaveAttribute('aria-busy', 'true');
  await expect(lesson.workbench.locator('.wb-editor')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(lesson.workbench.getByRole('textbox', { name: 'publisher.ts' })).toBeFocused();
});

test('nothing moves when the workbench takes the place of the still page', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('zh-tw/first-message/', { waitUntil: 'networkidle' });
  const run = page.locator('mqtt-workbench').getByRole('button', { name: '執行', exact: true });
  const code = page.locator('mqtt-workbench').getByText('import mqtt').first();
  const places = async () => {
    const [button, text] = [await run.boundingBox(), await code.boundingBox()];
    // One is just being replaced by the other.
    if (!button || !text) return null;
    // The box of a line is as high as its font in the still text, as the line in the editor: its
    // middle is where the letters are. The still text's box begins with its line number.
    return { ...button, middle: text.y + text.height / 2 };
  };
  const before = (await places())!;
  await page.mouse.move(5, 5);
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await expect(page.locator('.wb-code')).not.toHaveAttribute('aria-busy', 'true');
  await expect.poll(places).not.toBeNull();
  const after = (await places())!;
  for (const side of ['x', 'y', 'width', 'height', 'middle'] as const)
    expect(Math.abs(after[side] - before[side]), side).toBeLessThanOrEqual(2);
});

const text = { still: '[data-code] pre', live: '.wb-code' };
/** Where nobody has to change a program, a line stands for it. */
const line = { still: '.static-fold', live: '.wb-fold' };
for (const [lesson, width, height, part] of [
  ['zh-tw/users-and-passwords', 1440, 900, line],
  ['en/sessions', 1440, 900, text],
  ['zh-tw/retained', 1920, 1080, text],
  ['en/qos-1', 1280, 720, line],
  ['en/connect', 1366, 660, text],
] as const)
  test(`${lesson}, ${width} × ${height}: the editor is as high as what stands for it`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await page.goto(`${lesson}/`, { waitUntil: 'networkidle' });
    const workbench = page.locator('mqtt-workbench').first();
    const still = (await workbench.locator(part.still).boundingBox())!;
    await page.mouse.move(5, 5);
    const code = workbench.locator('.wb-code');
    await expect(code).not.toHaveAttribute('aria-busy', 'true');
    const live = (await workbench.locator(part.live).boundingBox())!;
    expect(Math.abs(live.height - still.height)).toBeLessThanOrEqual(2);
  });

test('a press that began on the still page is not lost when the workbench comes meanwhile', async ({
  page,
}) => {
  await page.goto('en/first-message/');
  const lesson = new LessonPage(page);
  const { x, y } = (await lesson.button('run').boundingBox())!;
  const loaded = page.waitForResponse(/\/assets\/styles\./);
  await page.mouse.move(x + 9, y + 9);
  await page.mouse.down();
  await (await loaded).finished();
  await page.mouse.up();
  await lesson.expectState('finished');
});

test('a workbench that can’t be loaded says so, and is there at the next try', async ({ page }) => {
  await page.route(/\/assets\/workbench\./, (route) => route.abort());
  await page.goto('zh-tw/first-message/');
  const still = page.locator('mqtt-workbench').getByRole('button', { name: '執行', exact: true });
  await still.click();
  const status = page.locator('mqtt-workbench').getByRole('status');
  await expect(status).toHaveText('練習載入失敗。請確認伺服器還在，再試一次。');
  await page.unroute(/\/assets\/workbench\./);
  await still.click();
  await expect(page.locator('mqtt-workbench [data-check="connected"]')).toHaveAttribute(
    'data-state',
    'true',
  );
});

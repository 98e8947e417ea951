/** The pages around the exercises: what a reader does with them. */
import { violations } from './axe.ts';
import { expect, test } from './course.ts';
import { LessonPage } from './lesson-page.ts';

const paths = ['', 'first-message/', 'glossary/', 'progress/', 'part/meet/'];

for (const language of ['en', 'zh-tw']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${language}, ${colorScheme}: axe finds nothing on pages for reading`, async ({
      page,
    }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const path of paths) {
        await page.goto(`${language}/${path}`);
        expect(await violations(page), path).toEqual([]);
      }
    });
  }
  test(`${language}: nothing scrolls sideways at 320 px`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of paths) {
      await page.goto(`${language}/${path}`);
      const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
      expect(scrollWidth, path).toBe(clientWidth);
    }
  });
}

test('the home page sends a real message and shows its packets', async ({ page }) => {
  await page.goto('en/');
  const live = page.locator('live-message');
  const rows = live.locator('li:not(.ghost)');
  await expect(rows).toHaveCount(0);
  await live.getByRole('textbox').fill('Grüße <b>');
  await live.getByRole('button').click();
  await expect(live.getByRole('status')).toContainText('The subscriber received “Grüße <b>”');
  for (const kind of ['CONNECT', 'CONNACK', 'DISCONNECT'])
    await expect(rows.filter({ hasText: `: ${kind}` })).toHaveCount(1);
  const publishes = rows.filter({ hasText: ': PUBLISH hello/mqtt' });
  await expect(publishes).toHaveCount(2);
  // Section 3.3: 30, the length of the rest, the topic with its length, the payload in UTF-8.
  const bytes = '30 17 00 0a 68 65 6c 6c 6f 2f 6d 71 74 74 47 72 c3 bc c3 9f 65 20 3c 62 3e';
  await expect(publishes.nth(0)).toContainText(bytes);
  await expect(publishes.nth(1)).toContainText(bytes);
  // Again in the same room, from a fresh start.
  await live.getByRole('textbox').fill('second');
  await live.getByRole('button').click();
  await expect(live.getByRole('status')).toContainText('“second”');
  await expect(rows).toHaveCount(5);
});

test('a message that reaches no server goes through a broker in the page, and it is said', async ({
  page,
}) => {
  await page.goto('en/');
  const live = page.locator('live-message');
  await page.route('**/api/rooms', (route) => route.abort());
  await live.getByRole('button').click();
  const status = live.getByRole('status');
  await expect(status).toContainText('a broker in this browser');
  await expect(status).toContainText('“Hello!”');
  const rows = live.locator('li:not(.ghost)');
  await expect(rows.filter({ hasText: ': PUBLISH hello/mqtt' })).toHaveCount(2);
});

test('keys: / searches, ? lists the keys, j and k go between lessons, and they can be off', async ({
  page,
}) => {
  await page.goto('en/publish-subscribe/');
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await expect(keys).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
  await page.keyboard.press('k');
  await expect(page).toHaveURL(/\/en\/first-message\/$/);
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/\/en\/publish-subscribe\/$/);
  // Arrows choose among answers.
  const answers = page.getByRole('radio');
  await answers.first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(answers.nth(1)).toBeChecked();
  await expect(page).toHaveURL(/\/en\/publish-subscribe\/$/);
  // WCAG 2.1.4.
  await page.keyboard.press('?');
  await keys.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.press('k');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.reload();
  await page.keyboard.press('/');
  await page.locator('[data-open-keys]').click();
  await expect(keys.getByRole('checkbox')).not.toBeChecked();
  await expect(page.getByRole('dialog', { name: 'Search' })).toBeHidden();
});

test('the list of keys has each key once, only those of this page, and scrolls in a low window', async ({
  page,
}) => {
  const list = page.getByRole('dialog', { name: 'Keys' });
  const listed = () => list.locator('dl > div:visible dt').allTextContents();
  const open = () =>
    expect(async () => {
      await page.keyboard.press('?');
      await expect(list).toBeVisible({ timeout: 1000 });
    }).toPass();
  await page.goto('en/');
  await open();
  expect((await listed()).map((text) => text.trim())).toEqual(['/', '?', 'Esc']);

  await page.setViewportSize({ width: 1280, height: 400 });
  const lesson = new LessonPage(page);
  await lesson.open();
  await page.locator('h1').click();
  await open();
  // Escape closes, and leads out of the editor: two things.
  const keys = (await listed()).filter((text) => text.trim() !== 'Esc');
  expect(keys.join(' ')).toContain('Ctrl+Enter');
  expect(new Set(keys).size).toBe(keys.length);
  // Of several programs; this lesson has one.
  expect(keys.join(' ')).not.toContain('PageDown');
  const { top, bottom } = await list.evaluate((element) => element.getBoundingClientRect());
  expect(top).toBeGreaterThanOrEqual(0);
  expect(bottom).toBeLessThanOrEqual(400);
  await list.getByRole('checkbox').scrollIntoViewIfNeeded();
  await expect(list.getByRole('checkbox')).toBeInViewport();
});

test('letters in the editor are letters', async ({ page }) => {
  await page.goto('en/first-message/');
  const editor = page.locator('.monaco-editor').first();
  await expect(editor).toBeVisible({ timeout: 30_000 });
  await editor.locator('.view-lines').click();
  await page.keyboard.type('/?jk');
  await expect(editor).toContainText('/?jk');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

for (const [language, question, title] of [
  ['zh-tw', '第一則訊息', '你的第一則訊息'],
  ['en', 'first mesage', 'Your first message'],
] as const) {
  test(`${language}: the search finds “${question}” by keyboard alone`, async ({ page }) => {
    await page.goto(`${language}/glossary/`);
    await page.keyboard.press('/');
    const search = page.getByRole('dialog');
    await page.keyboard.insertText(question);
    const options = search.getByRole('option');
    await expect(options.first()).toContainText(title);
    await expect(options.first()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`/${language}/first-message/`));
  });
}

test('what is typed before the search is loaded is searched for', async ({ page }) => {
  await page.goto('en/');
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/search.json', async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Search' }).click();
  await page.keyboard.type('broker');
  release();
  await expect(page.getByRole('option').first()).toBeVisible();
  await expect(page.getByRole('combobox')).toHaveValue('broker');
});

test('the language switch stays at the heading that is read', async ({ page }) => {
  await page.goto('en/first-message/');
  await page
    .getByRole('heading', { name: 'Now publish something' })
    .evaluate((one) => one.scrollIntoView());
  await page.locator('a[data-language="zh-tw"]').click();
  await expect(page).toHaveURL('zh-tw/first-message/#now-publish-something');
  await expect(page.getByRole('heading', { name: '換你發布' })).toBeInViewport();
});

test("a term's card opens by hover and focus, and closes by Escape", async ({ page }) => {
  await page.goto('en/first-message/');
  const term = page.locator('.term').first();
  const card = term.getByRole('tooltip');
  await expect(card).toBeHidden();
  await term.getByRole('link').hover();
  await expect(card).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  await page.mouse.move(0, 0);
  await page.locator('.guide summary').first().focus();
  while (!(await term.getByRole('link').evaluate((one) => one === document.activeElement)))
    await page.keyboard.press('Tab');
  await expect(card).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
});

test('on a phone the first tap opens the card, the second goes to the glossary', async ({
  browser,
  course,
}) => {
  const context = await browser.newContext({
    baseURL: course.origin,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  await page.goto('zh-tw/first-message/');
  const term = page.locator('.term').first();
  await term.getByRole('link').tap();
  await expect(term.getByRole('tooltip')).toBeVisible();
  await page.locator('h1').tap();
  await expect(term.getByRole('tooltip')).toBeHidden();
  await term.getByRole('link').tap();
  await term.getByRole('link').tap();
  await expect(page).toHaveURL(/\/zh-tw\/glossary\/#broker$/);
  await context.close();
});

test('printed, a lesson has its programs, its checks, its address and a QR code', async ({
  page,
}) => {
  await page.addInitScript(() => {
    window.print = () => dispatchEvent(new Event('beforeprint'));
  });
  await page.goto('en/first-message/');
  await page.getByRole('button', { name: 'Print this lesson' }).click();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.live-address svg')).toBeVisible();
  await expect(page.locator('.live-address')).toContainText(
    `${new URL(page.url()).origin}/en/first-message/#exercise-publish`,
  );
  await expect(page.locator('.paper-exercise')).toContainText(
    '// Publish a text to hello/mqtt here.',
  );
  await expect(page.locator('.paper-exercise')).toContainText('The subscriber received it.');
  for (const screenOnly of ['.site-header', '.guide', 'mqtt-workbench', '.ways', '.choice .why'])
    await expect(page.locator(screenOnly).first()).toBeHidden();
});

test('a part is one page of all its lessons, no id twice, and starts no editor', async ({
  page,
}) => {
  await page.goto('en/part/meet/');
  await expect(page.locator('article > h1')).toContainText(['Your first message']);
  const ids = await page.locator('[id]').evaluateAll((all) => all.map(({ id }) => id));
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  await expect(page.locator('mqtt-workbench')).toHaveCount(0);
});

test('robots are welcome; without a public name no page speaks of pictures elsewhere', async ({
  request,
}) => {
  expect(await (await request.get('/robots.txt')).text()).toContain('Allow: /');
  expect(await (await request.get('/en/first-message/')).text()).not.toContain('og:image');
});

test('an exercise without a program is not announced as one', async ({ page }) => {
  await page.goto('en/command-line/');
  await expect(page.locator('.workbench-mark').first()).toHaveText(
    'The exercise beside this text belongs here.',
  );
  await page.goto('zh-tw/first-message/');
  await expect(page.locator('.workbench-mark').first()).toHaveText('旁邊的程式是給這一段用的。');
});

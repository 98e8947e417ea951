import { expect, test } from './course.ts';
import { program } from './lesson-page.ts';
import { WorkbenchPage } from './workbench-page.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test('on a phone: typed with a finger, run, seen green, and nothing wider than the screen', async ({
  page,
}) => {
  const lesson = new WorkbenchPage(page);
  await page.goto('en/first-message/');
  await lesson.workbench.scrollIntoViewIfNeeded();
  const text = lesson.workbench.getByRole('textbox', { name: 'publisher.ts' });
  await expect(text).toBeVisible({ timeout: 30_000 });
  await text.tap();
  await expect(text).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(program('solution').replace('Hello, MQTT!', 'by thumb'));
  await lesson.workbench.getByRole('button', { name: lesson.word('run'), exact: true }).tap();
  await lesson.expectAllTrue();
  await expect(lesson.messages).toContainText('by thumb');

  // The menu at the thumb opens upwards and stays on the screen.
  await lesson.workbench
    .getByRole('button', { name: lesson.word('more'), exact: true })
    .first()
    .tap();
  for (const item of await lesson.workbench.getByRole('menuitem').all()) {
    await expect(item).toBeInViewport({ ratio: 1 });
  }
  await page.keyboard.press('Escape');
  const { width, screen } = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    screen: document.documentElement.clientWidth,
  }));
  expect(width).toBeLessThanOrEqual(screen);

  // A mistake is written under its line.
  await page.locator('.wb-sheet-close').tap();
  await text.tap();
  await expect(text).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('const a = ;');
  await lesson.workbench.getByRole('button', { name: lesson.word('run'), exact: true }).tap();
  await expect(lesson.workbench.locator('.retained-problem-note')).toContainText(
    'Expression expected',
  );
});

test('after Run a sheet shows the checks and one panel in full; the program puts it back', async ({
  page,
}) => {
  const lesson = new WorkbenchPage(page);
  await page.goto('en/first-message/');
  await lesson.workbench.scrollIntoViewIfNeeded();
  const text = lesson.workbench.getByRole('textbox', { name: 'publisher.ts' });
  await expect(text).toBeVisible({ timeout: 30_000 });
  // A snippet of the lesson goes to the place of the comment.
  await page.getByRole('button', { name: 'Put into my program' }).tap();
  await expect(text).toContainText("await client.publishAsync('hello/mqtt'");
  // The signs keep the focus in the program.
  await text.tap();
  await page.keyboard.press('ControlOrMeta+End');
  const keys = lesson.workbench.getByRole('group', { name: 'Signs for the program' });
  for (const sign of ['{', '}', ';']) await keys.getByRole('button', { name: sign }).tap();
  await expect(text).toBeFocused();
  await expect(text).toContainText('{};');
  await page.keyboard.press('Enter');
  for (let line = 0; line < 12; line += 1) await page.keyboard.press('Enter');
  const caret = () =>
    page.evaluate(() => {
      const range = getSelection()!.getRangeAt(0);
      const node = range.startContainer;
      const element = node instanceof Element ? node : node.parentElement!;
      return element.closest('.cm-line')!.getBoundingClientRect().bottom;
    });
  // The page scrolls it there a moment later.
  await expect
    .poll(async () => (await caret()) - (await keys.boundingBox())!.y)
    .toBeLessThanOrEqual(0);
  // Each number stands beside its line, of which some wrap.
  const apart = await lesson.workbench.locator('.cm-editor').evaluate((editor) => {
    const tops = (parts: string) =>
      [...editor.querySelectorAll(parts)]
        .filter((one) => one.clientHeight > 0)
        .map((one) => one.getBoundingClientRect().top);
    const numbers = tops('.cm-lineNumbers .cm-gutterElement');
    return tops('.cm-line').map((top, at) => Math.abs(top - numbers[at]!));
  });
  expect(apart.length).toBeGreaterThan(12);
  expect(Math.max(...apart)).toBeLessThan(1);

  const sheet = lesson.workbench.locator('.wb-sheet');
  await lesson.workbench.getByRole('button', { name: lesson.word('run'), exact: true }).tap();
  await expect(sheet).toHaveAttribute('data-open', '');
  await lesson.expectAllTrue();
  for (const part of ['.wb-done', '.wb-ways', '.wb-panel-bar', '.wb-stage'])
    await expect(sheet.locator(part)).toBeInViewport({ ratio: 1 });
  // The panel scrolls, and not what it lies in.
  const tooHigh = () => sheet.evaluate((one) => one.scrollHeight - one.clientHeight);
  for (const name of ['broker', 'line']) {
    await lesson.panel(name);
    const panel = sheet.locator(`.wb-panel-body[data-panel="${name}"]`);
    await expect(panel).not.toHaveAttribute('aria-busy', 'true');
    await panel.locator('.wb-title').last().scrollIntoViewIfNeeded();
    await expect(panel.locator('.wb-title').last()).toBeInViewport({ ratio: 1 });
    expect(await tooHigh(), name).toBe(0);
  }
  // A packet in full stands over the list until it is closed.
  await lesson.panel('packets');
  await lesson
    .packet(/PUBLISH/)
    .first()
    .tap();
  const detail = lesson.workbench.getByRole('group', { name: lesson.word('detail'), exact: true });
  await expect(detail).toBeInViewport({ ratio: 1 });
  await detail.getByRole('button').first().tap();
  await expect(lesson.packets).toBeFocused();
  await expect(lesson.packets).toBeInViewport({ ratio: 1 });

  await lesson.panel('output');
  await expect(sheet.locator('.wb-message')).toContainText('Hello');
  await text.tap({ position: { x: 40, y: 12 } });
  await expect(sheet).not.toHaveAttribute('data-open', '');
});

test('a terminal and its keys stand above the keyboard of the screen', async ({ page }) => {
  const lesson = new WorkbenchPage(page);
  await page.goto('en/install-mosquitto/');
  const screen = lesson.workbench.locator('.wb-terminal-screen');
  await lesson.workbench.scrollIntoViewIfNeeded();
  await screen.tap();
  const input = lesson.workbench.getByRole('textbox', { name: /Terminal 1/ });
  await expect(input).toBeFocused();
  // An emulated phone has no keyboard: the page is told that it covers 300 px.
  await page.evaluate(() => {
    Object.defineProperty(visualViewport, 'height', { value: innerHeight - 300 });
    visualViewport!.dispatchEvent(new Event('resize'));
  });
  const keys = lesson.workbench.locator('.wb-terminal-keys');
  const bottom = async () => {
    const { y, height } = (await keys.first().boundingBox())!;
    return y + height;
  };
  await expect.poll(bottom).toBeLessThanOrEqual(844 - 300);
  await expect(screen).toBeInViewport({ ratio: 1 });
  // A key keeps the focus in the terminal, and the keyboard on the screen.
  await page.keyboard.insertText('mosq');
  await keys.first().getByRole('button', { name: 'Tab' }).tap();
  await expect(input).toBeFocused();
  await expect(lesson.workbench.locator('.xterm-accessibility')).toContainText('$ mosquitto');
  // What is printed ends before the edge.
  const [inner, outer] = await Promise.all([
    screen.locator('.xterm-screen').boundingBox(),
    screen.boundingBox(),
  ]);
  expect(inner!.x + inner!.width).toBeLessThanOrEqual(outer!.x + outer!.width);
  // Of two terminals the one in use has its keys, and nothing covers them.
  await lesson.workbench.getByRole('button', { name: 'New terminal' }).tap();
  await screen.nth(1).tap();
  await expect(keys.filter({ visible: true })).toHaveCount(1);
  const up = keys.nth(1).getByRole('button', { name: '↑' });
  await expect(up).toBeInViewport({ ratio: 1 });
  await up.tap({ trial: true });
});

import { expect, test } from './course.ts';
import {
  expectNoViolations,
  listening,
  panelWords as words,
  ranWith,
  runAgain,
} from './panel-run.ts';

test('what each device received and printed, in order; one client; one message in full', async ({ page }) => {
  const { lesson, panel } = await ranWith(
    page,
    'messages',
    `${listening}setTimeout(() => console.log('much later'), 300);\n`,
  );
  const list = panel.getByRole('listbox', { name: words['panels.messages.label']! });
  const rows = list.getByRole('option');
  const heard = rows.filter({ hasText: 'heard home/kitchen/light: on' });
  await expect(heard).toBeVisible();
  await expect(rows.filter({ hasText: 'much later' })).toBeVisible();
  const texts = await rows.allTextContents();
  const at = (part: RegExp) => texts.findIndex((text) => part.test(text));
  // Received first, then printed: two ways to the page, one order.
  const received = at(/publisher.*receives.*home\/kitchen\/light.*on/s);
  expect(received).toBeGreaterThanOrEqual(0);
  expect(at(/publisher.*prints.*much later/s)).toBeGreaterThan(received);
  expect(at(/subscriber.*receives.*hello\/mqtt/s)).toBeGreaterThanOrEqual(0);

  await panel.getByLabel(words['panels.messages.whose']!).selectOption('subscriber');
  await expect(rows).toHaveCount(1);
  await list.focus();
  await page.keyboard.press('End');
  await expect(panel.getByRole('group', { name: words['panels.messages.full']! })).toContainText('hello/mqtt: 12 bytes');
  // Hostile text is text.
  await expect(panel.locator('pre')).toHaveText('<b>Hello</b>');
  await expectNoViolations(page, '[role=tabpanel][data-panel=messages]');
  await page.keyboard.press('Escape');
  await expect(panel.locator('pre')).toHaveCount(0);

  // The choice stays for the next run, which begins with an empty list.
  await runAgain(lesson);
  await expect(rows).toHaveCount(1);
}); // prettier-ignore

test('on a phone nothing scrolls sideways', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const { panel } = await ranWith(page, 'messages');
  await expect(panel.getByRole('option').filter({ hasText: 'heard' })).toBeVisible();
  const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(over)).toBe(0);
});

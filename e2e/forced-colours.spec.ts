/** A contrast theme of the system: the selection, and an arrow's sender and receiver, are still visible. */
import { expect, test } from './course.ts';
import { WorkbenchPage } from './workbench-page.ts';

test.use({ contextOptions: { forcedColors: 'active' }, colorScheme: 'dark' });

test('the chosen tab has a bar, and the others have none', async ({ page }) => {
  const lesson = new WorkbenchPage(page);
  await lesson.openLesson('publish-subscribe');
  const canvas = await colour(page, 'Canvas');
  const tabs = page.locator('mqtt-workbench').getByRole('tab');
  const bars = await tabs.evaluateAll((all) =>
    all.map((tab) => {
      const { borderBottomColor, borderTopColor } = getComputedStyle(tab);
      return { isSelected: tab.ariaSelected === 'true', borderBottomColor, borderTopColor };
    }),
  );
  expect(new Set(bars.map(({ isSelected }) => isSelected)).size).toBe(2);
  for (const { isSelected, borderBottomColor, borderTopColor } of bars) {
    expect(borderTopColor).toBe(canvas);
    expect(borderBottomColor !== canvas).toBe(isSelected);
  }
});

test('an exchange keeps its arrowheads and its life lines', async ({ page }) => {
  await page.goto('en/qos-1/');
  const canvas = await colour(page, 'Canvas');
  const exchange = page.locator('.exchange').first();
  const head = await exchange
    .locator('li')
    .first()
    .evaluate((arrow) => {
      const { borderTopColor, borderLeftColor } = getComputedStyle(arrow, '::after');
      return { borderTopColor, borderLeftColor };
    });
  expect(head.borderTopColor).toBe(canvas);
  expect(head.borderLeftColor).not.toBe(canvas);
  const lines = await exchange.locator('ol').evaluate((ol) => getComputedStyle(ol).backgroundImage);
  expect(lines).toContain(await colour(page, 'CanvasText'));
});

function colour(page: WorkbenchPage['page'], name: string): Promise<string> {
  return page.evaluate((system) => {
    const probe = document.createElement('i');
    probe.style.color = system;
    document.body.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }, name);
}

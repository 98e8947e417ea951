import { expect, test } from './course.ts';
import { expectNoViolations, panelWords as words, ranWith } from './panel-run.ts';

test('a live tree; a filter says level by level what it matches and why not', async ({ page }) => {
  const { panel } = await ranWith(page, 'topics');
  const tree = panel.getByRole('tree', { name: words['panels.topics.label']! });
  const item = (topic: string) => tree.locator(`[data-topic="${topic}"]`);
  await expect(item('home/kitchen/temperature')).toContainText(/1.*retained.*21\.5/s);
  await expect(item('hello/mqtt')).toContainText('<b>Hello</b>');
  await expect(item('home/kitchen')).toHaveAttribute('aria-expanded', 'true');

  const input = panel.getByLabel(words['panels.topics.try']!);
  const said = panel.getByRole('status');
  await input.fill('home/+/light');
  await expect(said).toHaveText('matches 1 of 3 topics');
  await expect(item('home/kitchen/light')).toHaveAttribute('data-matches', 'true');
  await expect(item('home/kitchen/light')).toContainText(words['panels.topics.hit']!);
  await expect(item('home/kitchen/temperature')).toHaveAttribute('data-matches', 'false');

  // By keyboard: from the root to the topic that is not matched.
  await tree.focus();
  await page.keyboard.press('End');
  await expect(item('home/kitchen/temperature')).toHaveAttribute('aria-selected', 'true');
  const why = panel.getByRole('region', { name: words['panels.topics.levels']! });
  await expect(why.locator('tr').nth(2)).toContainText(/\+.*kitchen.*stands for any one level/s);
  await expect(why.locator('tr').nth(3)).toContainText(/light.*temperature.*not the same/s);
  await expect(panel).toContainText(words['panels.topics.no-match']!);
  await expectNoViolations(page, '[role=tabpanel][data-panel=topics]');

  await page.keyboard.press('ArrowLeft');
  await expect(item('home/kitchen')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowLeft');
  await expect(item('home/kitchen')).toHaveAttribute('aria-expanded', 'false');
  await expect(item('home/kitchen/light')).toHaveCount(0);
  // Folded away, what is below still counts.
  await expect(said).toHaveText('matches 1 of 3 topics');

  await input.fill('home/#/light');
  await expect(input).toHaveAttribute('aria-invalid', 'true');
  await expect(said).toContainText('#');
  await input.fill('#');
  await expect(said).toHaveText('matches 3 of 3 topics');
  // What was typed is still there after a reload.
  await page.reload();
  await expect(panel.getByLabel(words['panels.topics.try']!)).toHaveValue('#');
}); // prettier-ignore

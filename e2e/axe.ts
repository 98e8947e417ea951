/**
 * The findings of axe on a page: one line for each broken rule, with the elements that break it.
 */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * In the page's own window, and with details only of what is broken: it takes a quarter of the
 * processor time of axe's default, which describes each element that passes, and sums up in a second
 * window what it found in frames of other origins. The course shows no such frame.
 * @param within a selector; without it the whole page but Monaco, whose accessibility is a mode that
 *   its users switch on
 */
export async function violations(page: Page, within?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations: found } = await (
    within === undefined ? axe.exclude('.monaco-editor') : axe.include(within)
  ).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(', ')}`);
}

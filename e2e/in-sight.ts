/**
 * What an exercise needs stands whole in the window, without a scroll: after Run the toolbar, the checks
 * with the next hint and six rows of the dock; after a pass what was proved and the ways on.
 */
import { expect } from './course.ts';
import type { ExerciseWorkbench } from './exercise-workbench.ts';

export type Moment = 'ran' | 'passed';
/** The small windows that schools have, in CSS pixels. */
export const laptops = [
  { width: 1366, height: 768 },
  { width: 1280, height: 720 },
];
/** As wide, the workbench stands beside the text; else it is a part of the text. */
const BESIDE = 1100;

/** Their programs wait for somebody outside: until then no check has anything to say. */
const waiting = new Set(['python/lamp', 'python/listen']);

/** Runs the exercise as it is, if it has a Run, and waits until the checks say something of it. */
export async function runStarter(workbench: ExerciseWorkbench, run: () => Promise<void>) {
  const { element } = workbench;
  if (!(await workbench.run.isVisible())) return;
  await run();
  const ran = /^(running|busy|finished|failed)$/;
  await expect(element.locator('.wb-state')).toHaveAttribute('data-state', ran);
  const hint = element.locator('.wb-hint:visible, .wb-done:visible');
  if (!waiting.has(workbench.id)) await expect(hint.first()).toBeVisible();
}

/** In the window as it is, or in each of `windows`, one after the other. */
export async function expectInSight(
  workbench: ExerciseWorkbench,
  moment: Moment,
  windows: readonly { width: number; height: number }[] = [],
): Promise<void> {
  const { element, page } = workbench;
  if (moment === 'passed') {
    // Read on; and another exercise, the next lesson, or the ending.
    await expect(element.locator('.wb-ways > a:visible')).toHaveCount(2);
  }
  const front = element.locator('.wb-panel-body:visible');
  await expect(front).toHaveCount(1);
  await expect(front).not.toHaveAttribute('aria-busy', 'true');
  for (const size of windows.length > 0 ? windows : [page.viewportSize()!]) {
    if (windows.length > 0) await page.setViewportSize(size);
    const where = `${workbench.id}, ${moment}, ${size.width} × ${size.height}`;
    await expect.poll(() => outOfSight(workbench, moment), { message: where }).toEqual([]);
  }
}

function outOfSight({ element }: ExerciseWorkbench, moment: Moment): Promise<string[]> {
  return element.evaluate(
    (workbench, { moment, BESIDE }) => {
      const found: string[] = [];
      const all = (selector: string) =>
        [...workbench.querySelectorAll<HTMLElement>(selector)].filter((one) => one.checkVisibility()); // prettier-ignore
      const isBeside = innerWidth >= BESIDE;
      const needed = ['.wb-toolbar', '.wb-check-mark'];
      if (moment === 'passed') needed.push('.wb-done', '.wb-passing > .wb-verdict', '.wb-ways > a');
      // The next check's sentence and hint.
      else needed.push('[data-shown] :is(.wb-check-sentence, .wb-hint)');
      if (isBeside) needed.push('.wb-checks', '.wb-dock');
      for (const selector of needed) {
        for (const part of all(selector)) {
          const { top, bottom, left, width } = part.getBoundingClientRect();
          // A pixel wide: it is there to be heard.
          if (width <= 1) continue;
          // A pixel may be shared by two parts.
          if (top < -1 || bottom > innerHeight + 1) {
            found.push(`${selector} from ${top.toFixed(0)} to ${bottom.toFixed(0)} of ${innerHeight} px`); // prettier-ignore
          }
          // What stands above it hides it.
          const middle = (top + bottom) / 2;
          const above = document.elementFromPoint(left + width / 2, middle);
          if (above && !part.contains(above) && !above.contains(part)) {
            found.push(`${selector} behind ${above.tagName} ${above.className}`);
          }
        }
      }
      if (!isBeside) return found;
      const column = workbench.parentElement!;
      const checks = workbench.querySelector('.wb-checks')!;
      for (const one of [column, checks]) {
        const more = one.scrollHeight - one.clientHeight;
        if (more <= 0) continue;
        const end = one.getBoundingClientRect().bottom;
        const low = [...one.querySelectorAll('*')].filter((part) => part.getBoundingClientRect().bottom > end + 1); // prettier-ignore
        const names = low.map(({ tagName, className }) => `${tagName}.${className}`).slice(-3);
        found.push(`${one.className} scrolls by ${more} px: ${names.join(', ')}`);
      }
      const dock = workbench.querySelector('.wb-dock')!;
      const share = dock.getBoundingClientRect().height / column.getBoundingClientRect().height;
      // What was proved and the ways on take their lines from it.
      if (share < (moment === 'passed' ? 0.38 : 0.45))
        found.push(`the dock has ${(share * 100).toFixed(0)} % of the height`);
      const [row] = all('.wb-panel-body .wb-packet');
      const [list] = all('.wb-panel-body .wb-packets-list');
      if (row && list) {
        const { height } = row.getBoundingClientRect();
        const { top, bottom } = list.getBoundingClientRect();
        const rows = (Math.min(bottom, innerHeight) - top) / height;
        if (rows < 6) found.push(`${rows.toFixed(1)} rows of the dock`);
      }
      return found;
    },
    { moment, BESIDE },
  );
}

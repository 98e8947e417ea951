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
/** A busy machine of two cores takes its time for a run; milliseconds. */
const patience = { timeout: 20_000 };
/** As wide, the workbench stands beside the text; else it is a part of the text. */
const BESIDE = 1100;

/** Their programs wait for somebody outside: until then no check has anything to say. */
const waiting = new Set(['python-publish/lamp', 'python-listen/listen']);

/** Runs the exercise as it is, if it has a Run, and waits until the checks say something of it. */
export async function runStarter(workbench: ExerciseWorkbench, run: () => Promise<void>) {
  const { element } = workbench;
  if (!(await workbench.run.isVisible())) return;
  await run();
  const ran = /^(running|busy|finished|failed)$/;
  await expect(element.locator('.wb-state')).toHaveAttribute('data-state', ran, patience);
  const hint = element.locator('.wb-hint:visible, .wb-done:visible');
  if (!waiting.has(workbench.id)) await expect(hint.first()).toBeVisible(patience);
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
  await expect(front).not.toHaveAttribute('aria-busy', 'true', patience);
  for (const size of windows.length > 0 ? windows : [page.viewportSize()!]) {
    if (windows.length > 0) await page.setViewportSize(size);
    const where = `${workbench.id}, ${moment}, ${size.width} × ${size.height}`;
    await expect
      .poll(() => outOfSight(workbench, moment), { message: where, ...patience })
      .toEqual([]);
  }
}

/** Of each panel: a row, what the rows stand in, and a row's height in CSS pixels where it has none yet. */
const rowsOf: Partial<Record<string, readonly [row: string, place: string, height: number]>> = {
  packets: ['.wb-packet', '.wb-packets-view', 28],
  topics: ['.wb-topic-row', '.wb-packets-view', 28],
  output: ['.wb-said', '.wb-outcome', 21],
  files: ['.view-line, .cm-line', '.wb-broker-files-editor', 20],
  terminal: ['.xterm-rows > div', '.wb-terminal-screen', 18],
};
/** Of a picture, as much as six rows are. */
const PICTURE_ROW = 24;
const ROWS = 6;

function outOfSight({ element }: ExerciseWorkbench, moment: Moment): Promise<string[]> {
  return element.evaluate(
    (workbench, { moment, BESIDE, rowsOf, PICTURE_ROW, ROWS }) => {
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
      const [body] = all('.wb-panel-body');
      const [row, place, height] = rowsOf[body!.dataset['panel']!] ?? ['', '', PICTURE_ROW];
      const places = place ? all(place) : [];
      // Of several terminals, the one in use: a phone scrolls to it.
      const at = places.find((one) => one.contains(document.activeElement)) ?? places[0] ?? body!;
      const whole = visibleHeight(at);
      const lowest = (row && heightOf(row)) || height;
      const seen = whole / lowest;
      // If even the lowest row is broken into lines, fewer rows do, provided that all of them are whole.
      const allShown =
        lowest > 1.5 * height && whole > ROWS * height && at.scrollHeight <= whole + 1;
      // Half a pixel is lost in the measures.
      if (seen < ROWS - 0.05 && !allShown)
        found.push(`${seen.toFixed(1)} rows of ${body!.dataset['panel']}`);
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
      if (share < 0.45) found.push(`the dock has ${(share * 100).toFixed(0)} % of the height`);
      return found;

      function heightOf(row: string): number | undefined {
        const heights = [...at.querySelectorAll(row)].map((one) => one.getBoundingClientRect().height); // prettier-ignore
        const shown = heights.filter((one) => one > 0);
        return shown.length > 0 ? Math.min(...shown) : undefined;
      }
      /** Without what is cut by a place that scrolls, by the window, or by the bar at the thumb. */
      function visibleHeight(of: Element): number {
        let { top, bottom } = of.getBoundingClientRect();
        const bar = workbench.querySelector('.wb-toolbar')!.getBoundingClientRect();
        bottom = Math.min(bottom, isBeside ? innerHeight : bar.top);
        top = Math.max(top, 0);
        for (let one = of.parentElement; one; one = one.parentElement) {
          if (getComputedStyle(one).overflowY === 'visible') continue;
          const around = one.getBoundingClientRect();
          top = Math.max(top, around.top);
          bottom = Math.min(bottom, around.bottom);
        }
        return Math.max(0, bottom - top);
      }
    },
    { moment, BESIDE, rowsOf, PICTURE_ROW, ROWS },
  );
}

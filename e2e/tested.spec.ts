/** The page of what was run with what says exactly what stands in `lessons/proved.json`. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import proved from '../lessons/proved.json' with { type: 'json' };
import { course } from '../lessons/course.ts';
import { digestOf, programsOf, proofOf, type Proofs } from '../src/site/proved.ts';
import { violations } from './axe.ts';
import { expect, test } from './course.ts';

const lessons = fileURLToPath(new URL('../lessons/', import.meta.url));
const written = course
  .flatMap((part) => part.lessons)
  .filter(({ status }) => status === 'written')
  .map(({ id }) => id);
const proofs: Proofs = proved;

for (const language of ['en', 'zh-tw']) {
  test(`${language}: a day for each version that ran, stale or not, and none for another`, async ({
    page,
  }) => {
    await page.goto(`${language}/tested/`);
    const rows = await page.locator('tr[data-lesson]').evaluateAll((all) =>
      all.map((row) => ({
        id: (row as HTMLElement).dataset['lesson']!,
        cells: [...row.querySelectorAll('td')].map((cell) => ({
          program: cell.dataset['program']!,
          day: cell.querySelector('time')?.dateTime,
          stale: cell.querySelector('[data-stale]') !== null,
        })),
      })),
    );
    const expected = written.map((id) => ({
      id,
      cells: programsOf(proofs).map((program) => {
        const proof = proofOf(proofs[id], program, digestOf(join(lessons, id)));
        return { program, day: proof?.day, stale: proof?.stale ?? false };
      }),
    }));
    expect(rows).toEqual(expected);
    const stale = expected.filter(({ cells }) => cells.some((cell) => cell.stale)).length;
    await expect(page.locator('[data-stale-count]')).toHaveAttribute(
      'data-stale-count',
      String(stale),
    );
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
}

/** The cheat sheet: one A4 page in each language, and readable on every screen. */
import { violations } from './axe.ts';
import { expect, test } from './course.ts';

/** Width and height of A4 in points, as PDF counts. */
const A4 = [595, 842];

for (const language of ['en', 'zh-tw']) {
  test(`${language}: printed, it is exactly one A4 page, and nothing is cut off`, async ({
    page,
  }) => {
    await page.goto(`${language}/cheat-sheet/`);
    // As the reader's browser prints it: the page itself chooses paper and margins.
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    const box = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf)!;
    expect(box.slice(1).map((side) => Math.round(Number(side)))).toEqual(A4);
    // 190 mm × 280 mm, at 96 pixels an inch: other fonts are up to a twentieth taller.
    await page.setViewportSize({ width: 718, height: 1058 });
    await page.emulateMedia({ media: 'print' });
    const { width, height, scrollWidth } = await page.evaluate(() => ({
      ...document.querySelector('.sheet')!.getBoundingClientRect().toJSON(),
      scrollWidth: document.documentElement.scrollWidth,
    }));
    expect(scrollWidth).toBe(718);
    expect(width).toBe(718);
    const { bottom } = (await page
      .locator('.sheet section')
      .last()
      .evaluate((one) => one.getBoundingClientRect().toJSON())) as { bottom: number };
    console.log(`${language}: ${Math.round((100 * bottom) / 1058)} % of the page is used`);
    expect(bottom).toBeLessThan(1058 * 0.98);
    expect(height).toBeLessThanOrEqual(1058);
    await expect(
      page.locator('.site-header, .site-footer, button').locator('visible=true'),
    ).toHaveCount(0);
  });

  test(`${language}: all of it stands there, and nothing scrolls sideways on a phone`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${language}/`);
    await page.locator('.map a[href$="/cheat-sheet/"]').click();
    await expect(page).toHaveURL(new RegExp(`/${language}/cheat-sheet/$`));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await expect(page.locator('.packets tbody tr')).toHaveCount(15);
    await expect(page.locator('.codes tbody tr')).toHaveCount(43);
    await expect(page.locator('.return-codes tbody tr')).toHaveCount(10);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page)).toEqual([]);
    }
  });
}

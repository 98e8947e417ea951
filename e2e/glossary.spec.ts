/** The glossary: letters to jump to, and the lessons that use a term. */
import { violations } from './axe.ts';
import { expect, test } from './course.ts';

for (const language of ['en', 'zh-tw']) {
  test(`${language}: a letter leads to its terms, below the row of letters`, async ({ page }) => {
    await page.goto(`${language}/glossary/`);
    const letters = page.locator('.glossary nav');
    await letters.getByRole('link', { name: 'R', exact: true }).click();
    await expect(page).toHaveURL(/#letter-R$/);
    const heading = page.locator('#letter-R');
    await expect(heading).toBeInViewport();
    const row = (await letters.boundingBox())!;
    await expect
      .poll(async () => (await heading.boundingBox())!.y)
      .toBeGreaterThanOrEqual(row.y + row.height);
    // The term's own link, as a lesson has it, too.
    await page.goto(`${language}/glossary/#topic-filter`);
    await expect
      .poll(async () => (await page.locator('#topic-filter').boundingBox())!.y)
      .toBeGreaterThanOrEqual((await letters.boundingBox())!.y + row.height);
    // One link for each letter that has terms, and each leads somewhere.
    const hrefs = await letters
      .locator('a')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href')!));
    expect(hrefs.length).toBeGreaterThan(10);
    for (const href of hrefs) await expect(page.locator(href)).toHaveCount(1);
  });

  test(`${language}: a term says which lessons use it, and they are links`, async ({ page }) => {
    await page.goto(`${language}/glossary/`);
    const used = page.locator('#broker details.where');
    await used.locator('summary').click();
    const links = used.getByRole('link');
    expect(await links.count()).toBeGreaterThan(10);
    await used.locator('a[href$="/retained/"]').click();
    await expect(page).toHaveURL(new RegExp(`/${language}/retained/$`));
    // The lesson links it back.
    await expect(page.locator('a[href$="/glossary/#broker"]').first()).toBeAttached();
  });

  test(`${language}: on a phone nothing scrolls sideways, and axe finds nothing`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${language}/glossary/`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page)).toEqual([]);
    }
  });
}

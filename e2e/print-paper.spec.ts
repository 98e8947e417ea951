/** A lesson on real paper: what a PDF of it holds. */
import { expect, test } from './course.ts';

test('a lesson prints to a few A4 pages, without what is for screens', async ({ page }) => {
  await page.addInitScript(() => {
    window.print = () => dispatchEvent(new Event('beforeprint'));
  });
  await page.goto('en/first-message/');
  await page.getByRole('button', { name: 'Print this lesson' }).click();
  await expect(page.locator('.live-address svg')).toHaveCount(1);
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
  const pages = pdf.match(/\/Type\s*\/Page\b/g)!.length;
  expect(pages).toBeGreaterThanOrEqual(2);
  // Six minutes of reading; a toolbar or an editor that got onto the paper would make it more.
  expect(pages).toBeLessThanOrEqual(6);
  await page.emulateMedia({ media: 'print' });
  await expect(
    page.locator('.wb-toolbar, .site-header, .divider').locator('visible=true'),
  ).toHaveCount(0);
  // As wide as the paper: nothing is cut off at its right.
  await page.setViewportSize({ width: 718, height: 1047 });
  const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
  expect(scrollWidth).toBe(clientWidth);
});

test('a lesson lies upright on the paper that the page asks for, and a certificate across', async ({
  page,
}) => {
  const sidesOf = async (path: string) => {
    await page.goto(path);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const [, width, height] = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf)!;
    return Number(width) < Number(height) ? 'upright' : 'across';
  };
  expect(await sidesOf('en/first-message/')).toBe('upright');
  expect(await sidesOf('en/certificate/')).toBe('across');
});

/** Small signs of a lesson page: where a link leads, what is done, which life lines a figure has. */
import { expect, test } from './course.ts';

test('a heading that is gone to stands below the bars that stay', async ({ page }) => {
  for (const [width, height] of [
    [1366, 768],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.goto('en/connect/');
    const id = await page.locator('.prose h2[id]').nth(1).getAttribute('id');
    await page.goto(`en/connect/#${id}`);
    const bars = page.locator('header, .guide');
    const lowest = () =>
      bars.evaluateAll((all) =>
        Math.max(
          ...all
            .filter((one) => getComputedStyle(one).position === 'sticky')
            .map((one) => one.getBoundingClientRect().bottom),
        ),
      );
    const top = () => page.locator(`#${id}`).evaluate((one) => one.getBoundingClientRect().top);
    await expect.poll(async () => (await top()) - (await lowest())).toBeGreaterThanOrEqual(0);
  }
});

test('a lesson that is done has its tick in the menu of the part, too', async ({ page }) => {
  await page.addInitScript(() => {
    // The programs' frame has no storage.
    if (parent !== window) return;
    const lessons = { 'first-message': { opened: 1, read: 1 } };
    const passed = { 'first-message/publish': { passed: 1 } };
    const progress = { version: 1, lessons, exercises: passed };
    localStorage.setItem('retained:progress', JSON.stringify(progress));
  });
  await page.goto('en/connect/');
  await page.locator('.guide summary').first().click();
  const done = page.locator('.guide .station[data-state=done]').first();
  await expect(done).toBeVisible();
  const [fill, border] = await done.evaluate((one) => {
    const { backgroundColor, borderTopColor } = getComputedStyle(one, '::before');
    return [backgroundColor, borderTopColor];
  });
  expect(fill).toBe(border);
});

test('a figure has only the life lines of those who send or receive something', async ({
  page,
}) => {
  const heads = (slug: string) =>
    page.goto(`en/${slug}/`).then(() =>
      page.locator('.prose .exchange').evaluateAll(
        (all) =>
            all.map((one) => [...one.querySelectorAll<HTMLElement>('.heads > span')].map((head) => head.dataset['role'])), // prettier-ignore
      ),
    );
  const all = [...(await heads('install-mosquitto')), ...(await heads('qos-2'))];
  expect(all.length).toBeGreaterThan(1);
  expect(all.some((roles) => roles.length === 2)).toBe(true);
  for (const roles of all) expect(roles).toContain('broker');
});

test('the sources are one line that opens, and the next lesson stands below it', async ({
  page,
}) => {
  await page.goto('en/first-message/');
  const sources = page.locator('details.sources');
  await expect(sources.locator('li').first()).toBeHidden();
  await sources.locator('summary').click();
  await expect(sources.locator('li').first()).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await sources.evaluate((one) => one.removeAttribute('open'));
  await expect(sources.locator('li').first()).toBeVisible();
});

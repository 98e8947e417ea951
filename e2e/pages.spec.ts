import { expect, test } from './course.ts';

for (const [locale, language] of [
  ['zh-TW', 'zh-tw'],
  ['en-GB', 'en'],
  ['fr', 'en'],
] as const) {
  test(`/ leads a ${locale} browser to /${language}/`, async ({ browser, course }) => {
    const context = await browser.newContext({ locale, baseURL: course.origin });
    const page = await context.newPage();
    await page.goto('/');
    await expect(page).toHaveURL(`${course.origin}/${language}/`);
    await context.close();
  });
}

test('a lesson leads to itself in the other language, and back', async ({ page }) => {
  await page.goto('/en/first-message/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your first message');
  await page
    .locator('a[hreflang="zh-Hant-TW"], a[hreflang="zh-TW"], a[hreflang="zh-Hant"]')
    .first()
    .click();
  await expect(page).toHaveURL(/\/zh-tw\/first-message\/$/);
  await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('你的第一則訊息');
});

test('a page that is not there says so, with the status that means it', async ({ page }) => {
  const answer = await page.goto('/en/no-such-lesson/');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('.near')).toHaveCount(2);
  await expect(page.locator('.near').locator('visible=true')).toHaveCount(0);
  // A lesson whose address is nearly the same is offered.
  await page.goto('/en/retaned/');
  const near = page.locator('.near a').locator('visible=true');
  await expect(near).toHaveText(['Retained messages', '保留訊息']);
  // It searches, in either language, on that language's home page.
  const search = page.getByRole('searchbox', { name: '搜尋課程' });
  await search.fill('保留訊息');
  await search.press('Enter');
  await expect(page).toHaveURL(/\/zh-tw\/\?search=/);
  await expect(page.getByRole('option').first()).toContainText('保留訊息');
  // What is offered before anything is typed.
  await page.getByRole('combobox').fill('');
  await expect(page.getByRole('option')).toHaveCount(5);
  // And if nothing is found; Enter opens none of it by itself.
  await page.getByRole('combobox').fill('qwertz-asdf');
  await expect(page.getByRole('dialog').getByRole('status')).toContainText('qwertz-asdf');
  await expect(page.getByRole('option')).toHaveCount(5);
  await expect(page.getByRole('option', { selected: true })).toHaveCount(0);
  await page.getByRole('combobox').press('Enter');
  await expect(page).toHaveURL(/\/zh-tw\/\?search=/);
});

test('pages forbid what they do not need', async ({ request }) => {
  const headers = (await request.get('/en/first-message/')).headers();
  const policy = headers['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  // One inline script, by its hash.
  expect(policy).toMatch(/script-src 'self' 'sha256-[\w+/]{43}='(;|$)/);
  expect(headers['x-content-type-options']).toBe('nosniff');
});

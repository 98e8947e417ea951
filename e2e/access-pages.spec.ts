/**
 * Accessibility of parts that reading-pages.spec.ts and every-exercise.spec.ts do not open, and use
 * without a mouse.
 */
import { violations } from './axe.ts';
import { expect, test } from './course.ts';
import { LessonPage } from './lesson-page.ts';

test('what is broken is found: a button without a name, and grey on grey', async ({ page }) => {
  await page.goto('/en/offline/');
  await page.evaluate(() => {
    const grey = Object.assign(document.createElement('p'), { textContent: 'grey on grey' });
    grey.style.cssText = 'color: #888; background: #999';
    document.querySelector('main')!.append(document.createElement('button'), grey);
  });
  expect((await violations(page)).map((line) => line.split(':')[0])).toEqual([
    'button-name',
    'color-contrast',
  ]);
});

for (const language of ['en', 'zh-tw'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const path of ['teach/', 'offline/', 'no-such-page/']) {
      test(`${language}, ${colorScheme}: axe finds nothing on ${path}`, async ({ page }) => {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.goto(`/${language}/${path}`);
        expect(await violations(page)).toEqual([]);
      });
    }
    test(`${language}, ${colorScheme}: axe finds nothing on the open search and list of keys`, async ({
      page,
    }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto(`/${language}/teach/`);
      // The keys work once their script is there.
      await expect(async () => {
        await page.keyboard.press('/');
        await expect(page.getByRole('dialog')).toBeVisible({ timeout: 1000 });
      }).toPass();
      await page.keyboard.insertText('broker');
      await expect(page.getByRole('option').first()).toBeVisible();
      expect(await violations(page), 'search').toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      await expect(async () => {
        await page.keyboard.press('?');
        await expect(page.getByRole('dialog')).toBeVisible({ timeout: 1000 });
      }).toPass();
      expect(await violations(page), 'keys').toEqual([]);
    });
  }
  test(`${language}: axe finds nothing at a phone’s width, where words give way to icons`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`/${language}/teach/`);
    expect(await violations(page)).toEqual([]);
  });
  test(`${language}: the teachers’ page is in the footer, and fits 320 px`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`/${language}/`);
    await page.locator('footer a[href$="/teach/"]').click();
    await expect(page).toHaveURL(`/${language}/teach/`);
    const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
    expect(scrollWidth).toBe(clientWidth);
  });
}

test('the way out of the editor’s Tab is said where the focus is, and is one', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.button('run').focus();
  await page.keyboard.press('F6');
  const inEditor = () => page.evaluate(() => !!document.activeElement?.closest('.monaco-editor'));
  expect(await inEditor()).toBe(true);
  const label = () => page.evaluate(() => document.activeElement!.getAttribute('aria-label'));
  expect(await label()).toContain('press Ctrl+M to let Tab move the focus');
  await page.keyboard.press('Tab');
  expect(await inEditor()).toBe(true);
  await page.keyboard.press('Control+m');
  await page.keyboard.press('Tab');
  expect(await inEditor()).toBe(false);
});

test('nothing moves if reduced motion is preferred', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const path of ['', 'first-message/', 'retained/']) {
    await page.goto(`/en/${path}`);
    // The editor moves, too.
    if (path !== '') await expect(page.locator('.monaco-editor .view-line').first()).toBeVisible();
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter((one) => {
          const { animationName, animationDuration, transitionDuration } = getComputedStyle(one);
          const lasts = (text: string) => text.split(',').some((each) => parseFloat(each) > 0.011);
          return (
            (animationName !== 'none' && lasts(animationDuration)) || lasts(transitionDuration)
          );
        })
        .map(({ tagName, className }) => `${tagName}.${className}`),
    );
    expect(moving, path).toEqual([]);
  }
});

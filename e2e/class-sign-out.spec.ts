/** The teacher's browser is signed out: at once, also where the class is open. */
import { violations } from './axe.ts';
import { device, startClass, teacherSecret, unfold } from './class-page.ts';
import { expect, isStatic, test } from './course.ts';

test.skip(isStatic, 'a class needs the server');

const words = {
  en: { manage: 'Code, files, end', all: 'Sign out everywhere', sure: 'Sign out every browser' },
  'zh-tw': { manage: '代碼、匯出與結束', all: '登出所有裝置', sure: '確定登出所有瀏覽器' },
} as const;

for (const language of ['en', 'zh-tw'] as const)
  test(`signing out everywhere closes the page of each browser, in ${language}`, async ({
    page,
    browser,
    course,
  }) => {
    await startClass(page, course.data);
    const other = await device(browser, course.origin);
    const second = await other.newPage();
    await second.goto(`/${language}/class/#${teacherSecret(course.data)}`);
    await expect(page).toHaveURL('/en/class/');
    await expect(second).toHaveURL(`/${language}/class/`);
    const { manage, all, sure } = words[language];
    const classes = second.locator('.classes button').first();
    const button = second.getByRole('button', { name: all });
    await expect(classes.or(second.getByText(manage))).toBeVisible();
    if (await classes.isVisible()) await classes.click();
    await unfold(second, manage);
    expect(await violations(second)).toEqual([]);
    // By keyboard; the first press only asks.
    await button.focus();
    await second.keyboard.press('Enter');
    await second.getByRole('button', { name: sure }).press('Enter');
    await expect(second.locator('.class-page .lead')).toHaveText(/180/);
    // Nobody touches the other browser: it says so by itself.
    await expect(page.locator('.class-page .lead')).toHaveText(/180 days/);
    for (const one of [page, second]) {
      await one.reload();
      await expect(one.locator('.class-page .lead')).toHaveText(/180/);
    }
    await other.close();
  });

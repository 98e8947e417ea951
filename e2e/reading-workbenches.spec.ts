/** A lesson with two exercises: the right column follows the text. */
import { expect, test } from './course.ts';

/** The lesson with its exercise a second time, further down, as if it had two. */
test.beforeEach(async ({ page }) => {
  await page.route('**/en/first-message/', async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    const [place] = /<div class="workbench-place"[\s\S]*?(?=<h2 id)/.exec(html)!;
    const second = place.replace('id="exercise-publish"', 'id="exercise-again"');
    const twice = html.replace('<h2 id="check-yourself"', `${second}<h2 id="check-yourself"`);
    await route.fulfill({ response, body: twice });
  });
});

test('side by side, the exercise whose place was reached last is shown, alone', async ({
  page,
}) => {
  await page.goto('en/first-message/');
  const [first, second] = ['publish', 'again'].map((id) =>
    page.locator(`#exercise-${id} .workbench`),
  );
  await expect(first!).toBeVisible();
  await expect(second!).toBeHidden();
  // The one that was never shown has loaded nothing.
  await expect(first!.locator('mqtt-workbench[data-ready]')).toHaveCount(1);
  await expect(second!.locator('mqtt-workbench[data-ready]')).toHaveCount(0);
  await page.locator('#check-yourself').evaluate((one) => one.scrollIntoView());
  await expect(second!).toBeVisible();
  await expect(first!).toBeHidden();
  const box = (await second!.boundingBox())!;
  expect(box.x).toBeGreaterThan(600);
  await page.evaluate(() => scrollTo(0, 0));
  await expect(first!).toBeVisible();
  await expect(second!).toBeHidden();
  // The page's end counts as the last place, however short the text after it is.
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await expect(second!).toBeVisible();
});

test('below that width both stand in the text, one after the other', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('en/first-message/');
  const [first, second] = ['publish', 'again'].map((id) =>
    page.locator(`#exercise-${id} .workbench`),
  );
  await expect(first!).toBeVisible();
  await expect(second!).toBeVisible();
  // At one moment: a workbench that comes meanwhile makes the page longer.
  const tops = await page.evaluate(
    (places) => places.map((place) => document.querySelector(place)!.getBoundingClientRect().top),
    ['#exercise-publish .workbench', '#exercise-again .workbench', '#check-yourself'],
  );
  expect(tops).toEqual(tops.toSorted((one, other) => one - other));
});

test('each exercise has a tab; a deed in the text of the other one brings it', async ({ page }) => {
  await page.goto('en/first-message/');
  const [first, second] = ['publish', 'again'].map((id) =>
    page.locator(`#exercise-${id} .workbench`),
  );
  const tabs = (bench: typeof first) => bench!.getByRole('navigation').getByRole('link');
  await expect(tabs(first)).toHaveText(['1 Your first message', '2 One message, two packets']);
  await expect(tabs(first).first()).toHaveAttribute('aria-current', 'true');
  await tabs(first).nth(1).click();
  await expect(second!).toBeVisible();
  await tabs(second).first().click();
  await expect(first!).toBeVisible();
  // The prediction stands before the first exercise, the quiz after the second.
  await page.locator('.choice[id^=quiz] input').first().check();
  await expect(second!).toBeVisible();
  await page.locator('.choice[id^=predict] input').first().check();
  await expect(first!).toBeVisible();
  await expect(second!).toBeHidden();
});

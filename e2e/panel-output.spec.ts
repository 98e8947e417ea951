import { expect, test } from './course.ts';
import { LessonPage } from './lesson-page.ts';
import { expectNoViolations, listening, runAgain } from './panel-run.ts';

const program = `${listening}await client.publishAsync('hello/mqtt', Buffer.from([0, 255, 16]));
await client.publishAsync('hello/mqtt', 'long '.repeat(200) + 'end');
setTimeout(() => console.log('much later'), 300);
`;

test('one list: what programs print and clients receive, in order; who listens; one client; in full', async ({ page }) => {
  const lesson = new LessonPage(page);
  const words = (key: string) => lesson.words[`workbench.${key}`]!;
  await lesson.open();
  const whole = lesson.workbench.getByRole('group', { name: words('console.short'), exact: true });
  const clients = whole.getByRole('group', { name: words('output.who') });
  const rows = lesson.output.locator('.wb-said');
  const texts = async () =>
    (await rows.allTextContents()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
  // Who will listen is there before a run.
  await expect(clients.getByRole('button')).toHaveText([/subscriber.*hello\/mqtt.*0/s, /publisher/]);
  await lesson.write(program);
  await lesson.run();
  await expect(lesson.output).toContainText('much later');
  await expect(lesson.messages).toHaveCount(3);
  // A message for a program is shown by what the program prints of it, until somebody asks for all.
  await expect(rows.filter({ hasText: /publisher receives/ })).toHaveCount(0);
  const all = whole.getByRole('button', { name: words('output.all'), exact: true });
  await all.click();
  await expect(all).toHaveAttribute('aria-pressed', 'true');
  const at = async (part: RegExp) => (await texts()).findIndex((text) => part.test(text));
  // Received first, then printed: two ways to the page, one order.
  const received = await at(/publisher .* ?receives home\/kitchen\/light on QoS 1/);
  expect(received).toBeGreaterThanOrEqual(0);
  expect(await at(/publisher heard home\/kitchen\/light: on/)).toBeGreaterThan(received);
  expect(await at(/publisher much later/)).toBeGreaterThan(received);

  const subscriber = clients.getByRole('button', { name: /^subscriber/ });
  await expect(subscriber).toContainText('3');
  await expect(clients.getByRole('button', { name: /^publisher/ })).toContainText('home/+/light');
  await subscriber.press('Enter');
  await expect(subscriber).toHaveAttribute('aria-pressed', 'true');
  await expect(rows).toHaveCount(3);
  // Hostile text is text; bytes that are no text are said to be none; a long one is whole on demand.
  await expect(rows.first()).toContainText('hello/mqtt <b>Hello</b>');
  await expect(rows.nth(1)).toContainText('00 ff 10');
  await expect(rows.nth(1)).toContainText(words('output.hex').replace('{count}', '3'));
  await expect(rows.last()).not.toContainText('end');
  await rows.last().getByRole('button').click();
  await expect(rows.last()).toContainText('long end');
  await expectNoViolations(page, '.wb-outcome');

  // The choice stays for the next run, which begins with an empty list.
  await runAgain(lesson);
  await expect(rows.last()).not.toContainText('long end');
  await expect(rows).toHaveCount(3);
  await subscriber.press('Enter');
  await expect(rows.filter({ hasText: 'waiting' })).toHaveCount(1);

  await page.setViewportSize({ width: 390, height: 844 });
  const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  await expect.poll(() => page.evaluate(over)).toBe(0);
}); // prettier-ignore

/** A lesson leads on: what was proved, the verdict, the ways on; and what is kept of it. */
import { expect, test } from './course.ts';
import { LessonPage, program } from './lesson-page.ts';

test('a prediction gets its verdict, a pass leads on, and both are there in the next session', async ({
  page,
  context,
}) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  const prediction = page.locator('#predict-how-many');
  await prediction.getByText('Two', { exact: true }).click();
  await lesson.run();
  await lesson.expectState('finished');
  const verdict =
    'You said “Two”. It was 3: CONNECT, CONNACK, DISCONNECT. DISCONNECT gets no answer.';
  await expect(prediction.locator('.wb-verdict [role=status]')).toHaveText(verdict);

  // The packet in which one sees it: in its panel, with its fields beside the list.
  const tab = lesson.workbench.locator('.wb-panel-tab[data-panel=packets]');
  await lesson.workbench.locator('.wb-panel-tab[data-panel=stage]').click();
  await prediction.getByRole('button', { name: 'See the packet' }).click();
  await expect(tab).toHaveAttribute('aria-selected', 'true');
  await expect(lesson.packets).toBeFocused();
  const chosen = lesson.packets.getByRole('option', { selected: true });
  await expect(chosen).toContainText('DISCONNECT');
  const detail = lesson.workbench.locator('.wb-detail');
  await expect(detail).toContainText('Remaining length');

  await lesson.write(program('solution'));
  await lesson.run();
  const passing = lesson.workbench.locator('.wb-passing');
  await expect(passing.locator('.wb-done')).toHaveText(
    'Your message Hello, MQTT! reached the subscriber: CONNECT, PUBLISH, delivery.',
  );
  // The run before decided it, and its packets are gone.
  await expect(passing.locator('.wb-verdict')).toHaveText(verdict);
  await passing.locator('[data-way=text]').click();
  await expect(page.locator('#what-you-just-saw')).toBeFocused();
  await expect(page.locator('#what-you-just-saw')).toBeInViewport();
  const next = await page.locator('.ways a[rel=next]').getAttribute('href');
  await expect(passing.locator('[data-way=lesson]')).toHaveAttribute(
    'href',
    new RegExp(`${next}$`),
  );

  // A new session: the store of the tab is gone, that of the browser is there.
  const other = await context.newPage();
  await page.close();
  await other.goto('en/first-message/');
  await expect(other.locator('#predict-how-many input').nth(1)).toBeChecked();
  await other.mouse.move(8, 8);
  const again = other.locator('.wb-passing');
  await expect(again.locator('.wb-done')).toContainText('You passed this on');
  await expect(other.locator('#predict-how-many .wb-verdict')).toHaveText(verdict);
  await again.getByRole('button', { name: 'Do it again' }).click();
  await expect(other.locator('.wb-notices')).toContainText('The first program is back.');
});

test('after two failed runs on one check there is the shape, then the solution, and a text to copy', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const lesson = new LessonPage(page);
  await lesson.open();
  const help = lesson.workbench.locator('.wb-help');
  for (const isOffered of [false, true]) {
    await lesson.run();
    await lesson.expectState('finished');
    await expect(lesson.check('published').locator('.wb-hint')).toBeVisible();
    await expect(help).toBeVisible({ visible: isOffered });
  }
  await help.getByRole('button', { name: 'Copy for an assistant' }).click();
  await expect(help.getByRole('status')).toContainText('Nothing was sent anywhere');
  const text = await page.evaluate(() => navigator.clipboard.readText());
  for (const part of [
    'Your first message',
    '[x] Your program is connected',
    '[ ] Your program published',
    'PUBLISH',
    'publisher.ts',
    'DISCONNECT',
  ])
    expect(text).toContain(part);
  await expect(help.getByRole('button', { name: 'Show the solution beside mine' })).toBeHidden();
  await help.getByRole('button', { name: 'Show me the shape' }).click();
  await expect(help.locator('pre')).toContainText("publishAsync('garden/rain'");
  await help.getByRole('button', { name: 'Show the solution beside mine' }).click();
  await expect(lesson.workbench.locator('.wb-solution')).toBeVisible();
  await lesson.write(program('solution'));
  await lesson.run();
  await lesson.expectAllTrue();
  await expect(help).toBeHidden();
});

test('the certificate is there when all is done, with the name as it is typed', async ({
  page,
}) => {
  await page.goto('en/certificate/');
  const sheet = page.locator('.sheet');
  await expect(sheet).toBeHidden();
  await expect(page.locator('[data-count]')).toHaveText(/^You have done 0 of \d+ exercises/);
  await page.evaluate(() => {
    const needed = document
      .querySelector<HTMLElement>('[data-needed]')!
      .dataset['needed']!.split(' ');
    const passed = Date.UTC(2026, 4, 17, 12);
    const exercises = Object.fromEntries(needed.map((id) => [id, { passed }]));
    const progress = { version: 1, lessons: {}, exercises };
    localStorage.setItem('retained:progress', JSON.stringify(progress));
  });
  await page.reload();
  await expect(sheet).toContainText('Completed on 17 May 2026');
  await page.getByLabel('Name').fill('<b>Mei</b>');
  await expect(sheet.getByRole('heading')).toHaveText('<b>Mei</b>');
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(stored).not.toContain('Mei');
  await page.goto('en/progress/');
  await expect(page.locator('[data-missing-later]')).toBeHidden();
  await expect(page.locator('[data-missing-exercise]:visible')).toHaveCount(0);
  await expect(page.locator('[data-missing-read]:visible')).not.toHaveCount(0);
});

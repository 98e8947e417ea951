/** The course on a host of plain files: what it says of the server that isn't there. */
import { expect, test as serverTest } from './course.ts';
import { exercisesOutside } from './solve-exercise.ts';
import { test } from './static-course.ts';
import { BASE, siteName } from './static-host.ts';

test('the home page sends its message through a broker in the page', async ({ page }) => {
  await page.goto('en/');
  const live = page.locator('live-message');
  await live.getByRole('textbox').fill('no server');
  await live.getByRole('button').click();
  await expect(live.getByRole('status')).toContainText('The subscriber received “no server”.');
  await expect(live.getByRole('listitem')).toHaveCount(5);
});

test('built for a public name, a lesson names its picture for shared links, and the picture is there', async ({
  page,
  request,
}) => {
  await page.goto('zh-tw/first-message/');
  const picture = page.locator('meta[property="og:image"]');
  const at = `${BASE}zh-tw/social/first-message.png`;
  await expect(picture).toHaveAttribute('content', siteName + at);
  const response = await request.get(at);
  expect(response.headers()['content-type']).toBe('image/png');
  const bytes = await response.body();
  // PNG: width and height stand at 16 and 20.
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630]);
});

serverTest(
  'a server that is away: the home page’s message goes through a broker in the page, and says so',
  async ({ page }) => {
    await page.goto('/en/');
    await page.route('**/api/rooms', (route) => route.abort());
    const live = page.locator('live-message');
    await live.getByRole('textbox').fill('alone');
    await live.getByRole('button').click();
    await expect(live.getByRole('status')).toContainText('The subscriber received “alone”.');
    await expect(live.getByRole('status')).toContainText('a broker in this browser');
    await expect(live.getByRole('listitem')).toHaveCount(5);
  },
);

/** Everything but what needs a program outside of the page, as the page of the progress keeps it. */
function doneButOutside(outside: readonly string[]) {
  const station = (one: HTMLElement) => one.dataset['exercises']!.split(' ').filter(Boolean);
  const stations = [...document.querySelectorAll<HTMLElement>('[data-lesson]')];
  const ids = stations.flatMap(station).filter((id) => !outside.includes(id));
  const progress = {
    version: 1,
    lessons: Object.fromEntries(
      stations.map((one) => [one.dataset['lesson'], { opened: 1, read: 1 }]),
    ),
    exercises: Object.fromEntries(ids.map((id) => [id, { passed: 1 }])),
  };
  localStorage.setItem('retained:progress', JSON.stringify(progress));
}

for (const [name, run, isDone] of [
  ['with a server it counts', serverTest, false],
  ['without one it doesn’t, and the map says so', test, true],
] as const) {
  run(`what needs a program outside of the page: ${name}`, async ({ page }) => {
    await page.goto('en/progress/');
    await page.evaluate(doneButOutside, [...exercisesOutside]);
    await page.reload();
    const lessons = new Map<string, number>();
    for (const id of exercisesOutside) {
      const lesson = id.split('/')[0]!;
      lessons.set(lesson, (lessons.get(lesson) ?? 0) + 1);
    }
    for (const [lesson, count] of lessons) {
      const station = page.locator(`.map [data-lesson="${lesson}"]`);
      await expect(station).toHaveAttribute('data-state', isDone ? 'done' : 'begun');
      const mark = station.locator(`[data-optional="${count}"]`);
      await expect(mark).toHaveCount(isDone ? 1 : 0);
    }
    const marked = page.locator('.map [data-optional]');
    await expect(marked).toHaveCount(isDone ? lessons.size : 0);
    const [passed, all] = (await page.locator('[data-count=passed]').textContent())!.match(/\d+/g)!;
    expect(Number(all) - Number(passed)).toBe(isDone ? 0 : exercisesOutside.size);
  });
}

test('commands for one’s own computer say that they need the server, and how to start it', async ({
  page,
}) => {
  await page.goto('en/python-publish/');
  const own = page.locator('own-program').first();
  await expect(own).toContainText('npm start');
  await expect(own.getByRole('button', { name: 'Fill in my room' })).toHaveCount(0);
  await own.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('[data-no-server]')).toBeVisible();
});

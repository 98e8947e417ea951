/** Where the origin is secure (localhost is) the course is kept: the server is really gone here. */
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test as base, type Page } from '@playwright/test';
import { readingOffline } from '../src/offline/integration.ts';
import { LessonPage, program } from './lesson-page.ts';
import { startCourse, type CourseServer } from './server.ts';

/** A server of the test's own, which it may end; and whatever it puts in its place. */
const test = base.extend<{ start: (...flags: string[]) => Promise<CourseServer> }>({
  serviceWorkers: 'allow',
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from here
  start: async ({}, use) => {
    const started: CourseServer[] = [];
    await use(async (...flags) => {
      started.push(await startCourse(...flags));
      return started.at(-1)!;
    });
    await Promise.all(started.map((course) => course.end()));
  },
});

const paths = (page: Page) =>
  page.evaluate(async () => {
    const all: string[] = [];
    for (const name of await caches.keys()) {
      for (const { url } of await (await caches.open(name)).keys()) all.push(new URL(url).pathname);
    }
    return all;
  });
/** The search's index is the last that is kept of a language. */
const kept = (page: Page, language = 'en') =>
  expect
    .poll(() => paths(page), { timeout: 100_000 })
    .toEqual(expect.arrayContaining([`/${language}/wildcards/`, `/${language}/search.json`]));

// The whole course is kept: on a busy machine for a minute.
test.beforeEach(() => test.slow());

test('without its server the course is read, searched, and says what it has not kept', async ({
  page,
  start,
}) => {
  const course = await start();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(`${course.origin}/en/`);
  await kept(page);
  await course.end();

  await page.goto(`${course.origin}/en/wildcards/`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Wildcards');
  const sunken = () => getComputedStyle(document.documentElement).getPropertyValue('--paper');
  expect(await page.evaluate(sunken)).not.toBe('');
  await page.keyboard.press('/');
  await page.keyboard.insertText('retained');
  await expect(page.getByRole('option').first()).toContainText('Retained messages');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Retained messages');
  await page.goto(`${course.origin}/`);
  await expect(page).toHaveURL(/\/en\/$/);

  await page.goto(`${course.origin}/en/part/meet/`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('not kept');
  expect(errors).toEqual([]);
});

test('a room is never kept, nor what goes to it', async ({ page, start }) => {
  const course = await start();
  const lesson = new LessonPage(page);
  await page.goto(`${course.origin}/en/`);
  await kept(page);
  await page.goto(`${course.origin}/en/first-message/`);
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  await lesson.editorReady();
  await lesson.write(program('solution'));
  await lesson.run();
  await lesson.expectAllTrue();
  const found = await paths(page);
  expect(found.length).toBeGreaterThan(20);
  expect(found.filter((path) => /^\/(?:api|mqtt|watch|vendor)\b|^\/ca\.crt/.test(path))).toEqual(
    [],
  );
});

test('the course can be installed, by each language’s manifest', async ({ page, start }) => {
  const course = await start();
  for (const [language, name] of [
    ['en', 'Retained'],
    ['zh-tw', 'Retained'],
  ]) {
    await page.goto(`${course.origin}/${language}/`);
    const session = await page.context().newCDPSession(page);
    const { data, errors } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    expect(JSON.parse(data!)).toMatchObject({ short_name: name, start_url: `/${language}/` });
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // A test's window is a private one, from which nothing can be installed.
    expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
  }
});

/** The next version of the site: new words on the home page, and the search under a new name. */
async function newer(from: string): Promise<{ site: string; old: string }> {
  const site = mkdtempSync(join(tmpdir(), 'retained-e2e-newer-'));
  cpSync(from, site, { recursive: true });
  const files = readdirSync(site, { recursive: true, encoding: 'utf8' });
  const old = files
    .find((name) => /^assets.dialog\.[\w-]+\.js$/.test(name))!
    .slice('assets/'.length);
  for (const name of files.filter((one) => /(?:\.html|\.js)(?:\.br|\.gz)?$/.test(one))) {
    const path = join(site, name);
    if (/\.(?:br|gz)$/.test(name)) rmSync(path);
    else if (!/^vendor/.test(name)) {
      const text = readFileSync(path, 'utf8');
      writeFileSync(path, text.replaceAll(old, 'dialog.NEWER123.js'));
    }
  }
  renameSync(join(site, 'assets', old), join(site, 'assets', 'dialog.NEWER123.js'));
  const home = join(site, 'en', 'index.html');
  writeFileSync(home, readFileSync(home, 'utf8').replace(/(<h1[^>]*>)[^<]*/, '$1A newer course'));
  const built = readingOffline().hooks['astro:build:done'] as unknown as (parts: {
    dir: URL;
  }) => Promise<void>;
  await built({ dir: pathToFileURL(`${site}/`) });
  return { site, old: `/assets/${old}` };
}

test('an update is shown at once, and a page from before it keeps its own scripts', async ({
  page,
  context,
  start,
}) => {
  const before = await start();
  await page.goto(`${before.origin}/en/`);
  await kept(page);
  const { site, old } = await newer(process.env['RETAINED_E2E_SITE']!);
  await before.end();
  const after = await start('--port', String(before.port), '--pages', site);
  // The page asks for the new worker itself when it is opened; this one stays open.
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const waiting = new Promise<void>((resolve) => {
      registration.addEventListener('updatefound', () => {
        const { installing } = registration;
        installing!.addEventListener('statechange', () => {
          if (installing!.state === 'installed') resolve();
        });
      });
    });
    await registration.update();
    await waiting;
  });
  expect((await page.request.get(`${after.origin}${old}`)).status()).toBe(404);
  await page.keyboard.press('/');
  await page.keyboard.insertText('retained');
  await expect(page.getByRole('option').first()).toContainText('Retained messages');

  const second = await context.newPage();
  await second.goto(`${after.origin}/en/`);
  await expect(second.getByRole('heading', { level: 1 })).toHaveText('A newer course');
  await second.keyboard.press('/');
  await second.keyboard.insertText('retained');
  await expect(second.getByRole('option').first()).toContainText('Retained messages');

  // When the last page of before is closed, the new worker begins and what is old goes.
  await page.close();
  await second.goto('about:blank');
  await expect
    .poll(
      async () => {
        await second.goto(`${after.origin}/en/glossary/`);
        const all = await paths(second);
        await second.goto('about:blank');
        return all.includes(old);
      },
      // Each look is a page of the old worker: it needs a while without one, and longer on a busy machine.
      { intervals: [500, 2_000, 8_000, 20_000, 30_000], timeout: 90_000 },
    )
    .toBe(false);
  rmSync(site, { recursive: true, force: true });
});

/** Live exercises without a network, on a host of plain files: kept if the reader asks for it. */
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
import type { Page } from '@playwright/test';
import { readingOffline } from '../src/offline/integration.ts';
import { LessonPage, program } from './lesson-page.ts';
import { BASE, expect, hostOf, staticFolder, test as base } from './static-course.ts';

type Host = Awaited<ReturnType<typeof hostOf>>;

/** A host of the test's own, which it may end, and put another in its place. */
const test = base.extend<{ host: Host & { becomes(folder: string): Promise<void> } }>({
  serviceWorkers: 'allow',
  host: async ({ staticOrigin }, use) => {
    expect(staticOrigin).toBeTruthy();
    const first = await hostOf(staticFolder);
    let now = first;
    await use({
      ...first,
      end: () => now.end(),
      async becomes(folder) {
        now.end();
        now = await hostOf(folder, first.port);
      },
    });
    now.end();
  },
  watchedOrigin: ({ host }, use) => use(host.origin),
});

const section = (page: Page) => page.locator('keep-exercises');
const pathsKept = (page: Page) =>
  page.evaluate(async () => {
    const all: string[] = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) all.push(new URL(url).pathname);
    return all;
  });
async function keep(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}${BASE}en/progress/`);
  await section(page)
    .getByRole('button', { name: /^Keep the exercises/ })
    .click();
  await expect(section(page)).toHaveAttribute('data-state', 'kept', { timeout: 60_000 });
  await expect.poll(() => pathsKept(page)).toContain(`${BASE}en/first-message/`);
}
async function passFirst(page: Page, origin: string): Promise<void> {
  const lesson = new LessonPage(page);
  await page.goto(`${origin}${BASE}en/first-message/`);
  await lesson.editorReady();
  await lesson.write(program('solution'));
  await lesson.run();
  await lesson.expectAllTrue();
  await expect(lesson.messages).toContainText('Hello, MQTT!');
}

test('kept by the reader’s wish, the first exercise passes without host and network', async ({
  page,
  context,
  host,
}) => {
  const { origin } = host;
  await page.goto(`${origin}${BASE}en/progress/`);
  await expect(section(page)).toContainText(/\(\d+ MB\)/);
  // Nothing of it by itself.
  expect((await pathsKept(page)).filter((path) => path.includes('/vendor/'))).toEqual([]);
  await keep(page, origin);
  host.end();
  await context.setOffline(true);
  await page.reload();
  await expect(section(page)).toHaveAttribute('data-state', 'kept');
  await passFirst(page, origin);
});

test('a program in the kept frame has no origin, no storage and no network', async ({
  page,
  host,
}) => {
  const { origin } = host;
  await keep(page, origin);
  const lesson = new LessonPage(page);
  const framed = page.waitForResponse((one) => one.url().endsWith('/kept-frame.html'));
  await page.goto(`${origin}${BASE}en/first-message/`);
  await lesson.editorReady();
  await lesson.write(`const url = ${JSON.stringify(`${origin}${BASE}favicon.svg`)};
const scope = globalThis as unknown as { origin: string; fetch(url: string): Promise<unknown> };
console.log('origin', scope.origin);
await scope.fetch(url);
`);
  await lesson.run();
  await expect(lesson.output).toContainText('origin null');
  await expect(lesson.output).toContainText('fetch does not work here');
  const frame = page.frames().find((one) => one.url().endsWith('/kept-frame.html'))!;
  expect(await page.locator('iframe').getAttribute('sandbox')).toBeNull();
  const policy = (await (await framed).headerValue('content-security-policy'))!;
  expect(policy).toContain('sandbox allow-scripts;');
  expect(policy).toContain("default-src 'none';");
  expect(policy).toContain("connect-src 'none';");
  expect(
    await frame.evaluate(() => {
      const tried = (what: () => unknown) => {
        try {
          return String(what());
        } catch (error) {
          return (error as Error).name;
        }
      };
      return [self.origin, tried(() => localStorage.length), tried(() => parent.document.title)];
    }),
  ).toEqual(['null', 'SecurityError', 'SecurityError']);
});

/** The next version: the room’s folder has a new name, and so have all that name it. */
async function newer(): Promise<{ site: string; old: string }> {
  const site = mkdtempSync(join(tmpdir(), 'retained-e2e-newer-'));
  cpSync(staticFolder, site, { recursive: true });
  const old = readdirSync(join(site, 'vendor')).find((name) => name.startsWith('room-'))!;
  renameSync(join(site, 'vendor', old), join(site, 'vendor', 'room-aaaaaaaaaa'));
  for (const name of readdirSync(join(site, 'assets')).filter((one) => one.endsWith('.js'))) {
    const path = join(site, 'assets', name);
    const text = readFileSync(path, 'utf8');
    if (text.includes(old)) writeFileSync(path, text.replaceAll(old, 'room-aaaaaaaaaa'));
  }
  const integration = readingOffline().hooks as unknown as Record<
    string,
    (parts: object) => Promise<void>
  >;
  await integration['astro:config:done']!({ config: { base: BASE } });
  await integration['astro:build:done']!({ dir: pathToFileURL(`${site}/`) });
  return { site, old };
}

test('a new version leaves an open page what it needs, and takes over when it is closed', async ({
  page,
  context,
  host,
}) => {
  const { origin } = host;
  await keep(page, origin);
  await page.goto(`${origin}${BASE}en/first-message/`);
  const lesson = new LessonPage(page);
  await lesson.editorReady();
  const { site, old } = await newer();
  await host.becomes(site);
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const installed = new Promise<void>((resolve) => {
      registration.addEventListener('updatefound', () => {
        const { installing } = registration;
        installing!.addEventListener('statechange', () => {
          if (installing!.state === 'installed') resolve();
        });
      });
    });
    await registration.update();
    await installed;
  });
  const room = `${BASE}vendor/${old}/room.js`;
  expect((await page.request.get(`${origin}${room}`)).status()).toBe(404);
  expect(await pathsKept(page)).toEqual(
    expect.arrayContaining([room, `${BASE}vendor/room-aaaaaaaaaa/room.js`]),
  );
  // The open page is of the old version: its room comes from what is kept.
  await lesson.write(program('solution'));
  await lesson.run();
  await lesson.expectAllTrue();

  const second = await context.newPage();
  await page.close();
  await expect
    .poll(
      async () => {
        await second.goto(`${origin}${BASE}en/glossary/`);
        const all = await pathsKept(second);
        await second.goto('about:blank');
        return all.includes(room);
      },
      { timeout: 30_000 },
    )
    .toBe(false);
  rmSync(site, { recursive: true, force: true });
});

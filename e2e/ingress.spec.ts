/**
 * In the sidebar of Home Assistant, as far as it can be had here: nginx hands on as the Supervisor does. Pages are
 * in a frame, below a path that a random name is in, which the proxy takes off and names in X-Ingress-Path; who
 * has not its cookie gets nothing.
 */
import { randomBytes } from 'node:crypto';
import type { FrameLocator } from '@playwright/test';
import { nginx, startNginx, type RunningNginx } from '../sandbox/testing/nginx.ts';
import { teacherSecret } from './class-page.ts';
import { expect, test as base } from './course.ts';
import { program } from './lesson-page.ts';
import { startCourse, type CourseServer } from './server.ts';

/** Other readers come from 127.0.0.1. */
const supervisor = '127.0.0.2';

interface Ingress {
  course: CourseServer;
  /** With the path: `http://localhost:<port>/api/hassio_ingress/<name>/` */
  site: string;
  origin: string;
}

function proxyOf(course: CourseServer, path: string): Promise<RunningNginx> {
  return startNginx(
    `location = /sidebar { default_type text/html; add_header Set-Cookie "ingress_session=open; HttpOnly; Path=/api/hassio_ingress/; SameSite=Strict";
       return 200 '<!doctype html><title>House</title><iframe src="${path}/en/first-message/" style="width:100%;height:90vh;border:0"></iframe>'; }
     location ${path}/ {
       if ($cookie_ingress_session != "open") { return 401; }
       proxy_pass http://127.0.0.1:${course.port}/;
       proxy_bind ${supervisor};
       proxy_http_version 1.1;
       proxy_set_header Host $http_host;
       proxy_set_header Upgrade $http_upgrade;
       proxy_set_header Connection $connection_upgrade;
       proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
       proxy_set_header X-Ingress-Path ${path};
       proxy_buffering off; proxy_read_timeout 1h;
     }`,
    'map $http_upgrade $connection_upgrade { default upgrade; "" close; }',
  );
}

const test = base.extend<object, { ingress: Ingress }>({
  ingress: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from here
    async ({}, use) => {
      const course = await startCourse('--ingress', supervisor);
      const path = `/api/hassio_ingress/${randomBytes(32).toString('base64url')}`;
      const proxy = await proxyOf(course, path);
      const origin = `http://localhost:${proxy.port}`;
      await use({ course, origin, site: `${origin}${path}/` });
      await proxy.end();
      await course.end();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  watchedOrigin: ({ ingress }, use) => use(ingress.origin),
});
test.skip(!nginx || process.platform !== 'linux', 'needs nginx (`npm test` unpacks it) and Linux');
test.use({ serviceWorkers: 'allow' });

async function pass(frame: FrameLocator): Promise<void> {
  const workbench = frame.locator('mqtt-workbench');
  await workbench.scrollIntoViewIfNeeded();
  const editor = workbench.locator('.monaco-editor').first();
  await expect(editor).toBeVisible({ timeout: 60_000 });
  await expect(workbench.locator('.wb-code')).not.toHaveAttribute('aria-busy', 'true');
  await workbench.getByRole('button', { name: 'Run', exact: true }).click();
  for (const id of ['connected', 'published', 'delivered'])
    await expect(workbench.locator(`[data-check="${id}"]`)).toHaveAttribute('data-state', 'true', { timeout: 30_000 }); // prettier-ignore
}

test('the first exercise passes in the frame, on the server’s room', async ({ page, ingress }) => {
  test.setTimeout(120_000);
  const { site, origin } = ingress;
  expect((await page.request.get(site)).status()).toBe(401);
  const path = new URL(site).pathname;
  // A page of the same origin that is not the course's.
  await page.goto(`${origin}/none`);
  await page.evaluate(
    (text) => localStorage.setItem('retained:draft:first-message/publish:publisher.ts', text),
    program('solution'),
  );
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(new URL(socket.url()).pathname));
  const failed: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(`${origin}/sidebar`);
  await pass(page.frameLocator('iframe'));
  expect(sockets.map((one) => one.replace(/[^/]*$/, ''))).toEqual(expect.arrayContaining([`${path}watch/`, `${path}mqtt/`])); // prettier-ignore
  expect(failed).toEqual([]);
});

test('pages, search, the manifest, the certificate and reading offline are below the path', async ({
  page,
  ingress: { site, origin },
}) => {
  test.setTimeout(120_000);
  const { pathname } = new URL(site);
  await page.goto(`${origin}/sidebar`);
  await page.goto(`${site}en/`);
  const links = await page
    .locator('a[href^="/"], link[href^="/"], script[src^="/"]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? one.getAttribute('src')!));
  expect(links.length).toBeGreaterThan(40);
  expect(links.filter((one) => !one.startsWith(pathname))).toEqual([]);
  const manifest = (await page.evaluate(async () => {
    const { href } = document.querySelector<HTMLLinkElement>('link[rel=manifest]')!;
    return await (await fetch(href)).json();
  })) as Record<'id' | 'scope' | 'start_url', string>;
  expect([manifest.id, manifest.scope]).toEqual([pathname, pathname]);
  expect(manifest.start_url).toBe(`${pathname}en/`);
  // The page of an address that is not there finds its own files, at any depth.
  await page.goto(`${site}en/no/such/page/`);
  await expect(page.locator('main a').first()).toHaveAttribute('href', new RegExp(`^${pathname}`));
  await page.goto(`${site}en/`);
  const scope = await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
  expect(scope).toBe(site);
  const kept = () =>
    page.evaluate(async () => {
      const names = await caches.keys();
      const caught = names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)); // prettier-ignore
      return (await Promise.all(caught)).flat();
    });
  await expect.poll(kept, { timeout: 60_000 }).toContain(`${pathname}en/first-message/`);
  expect((await kept()).filter((one) => !one.startsWith(pathname))).toEqual([]);
});

test('the teacher’s page works there, and sends learners to the course’s own port', async ({
  page,
  browser,
  ingress: { course, site, origin },
}) => {
  test.setTimeout(120_000);
  await page.goto(`${origin}/sidebar`);
  await page.goto(`${site}teach#${teacherSecret(course.data)}`);
  await page.getByRole('button', { name: 'Start a class' }).click();
  const code = (await page.locator('.big-code').getAttribute('aria-label'))!;
  await expect(page.locator('.join-board .address')).toHaveText(`localhost:${course.port}/join`);
  const cookies = await page.context().cookies(site);
  const own = cookies.find(({ name }) => name.startsWith('retained-teacher-'))!;
  expect([own.path, own.httpOnly, own.sameSite]).toEqual([new URL(site).pathname, true, 'Strict']);
  // A learner there is in the class.
  const other = await browser.newContext();
  const learner = await other.newPage();
  await learner.goto(`${course.origin}/join/${code}`);
  await learner.getByLabel('Your name').fill('Mei');
  await learner.keyboard.press('Enter');
  await expect(learner.locator('.words')).toBeVisible();
  await expect(page.locator('.joined')).toContainText('1');
  await other.close();
});

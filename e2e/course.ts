/**
 * The fixtures of every test: a server of the worker's own, and a page that is watched.
 * `RETAINED_E2E_HOST=static`: a host of plain files below a path instead, with every room in its page.
 */
import { test as base, expect, type BrowserContext } from '@playwright/test';
import { startCourse, type CourseServer } from './server.ts';
import { BASE, built, hostOf, staticFolder } from './static-host.ts';

interface WorkerFixtures {
  course: CourseServer;
}
interface TestFixtures {
  /**
   * The origin that no request may leave; the course's own unless a test reaches it by another
   * name.
   */
  watchedOrigin: string;
  /** Whether a reader is active: without a sign of a reader a page loads no workbench. */
  somebody: boolean;
  /** Every test proves these too: see `watched`. */
  watched: void;
}

/** Addresses that reach nothing: they carry their own bytes. */
const OWN = /^(data|blob|about):/;
/** Chromium's own, if a busy machine shows the next page before its cross-fade could begin. */
const GIVEN_UP_TRANSITION = /^InvalidStateError: Transition was aborted because of invalid state/;

export const isStatic = process.env['RETAINED_E2E_HOST'] === 'static';

async function staticHost(): Promise<CourseServer> {
  await built();
  const { origin, port, end } = await hostOf(staticFolder);
  return {
    origin: `${origin}${BASE.slice(0, -1)}`,
    ...{ port, mqttPort: 0, data: '', output: () => '' },
    end: () => Promise.resolve((end(), 0)),
  };
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  course: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from here
    async ({}, use) => {
      const course = isStatic ? await staticHost() : await startCourse();
      await use(course);
      await course.end();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  baseURL: ({ course }, use) => use(`${course.origin}/`),
  watchedOrigin: ({ course }, use) => use(course.origin),
  somebody: [true, { option: true }],
  watched: [
    async ({ context, watchedOrigin, somebody }, use) => {
      if (somebody) await context.addInitScript(giveSign);
      const seen = watch(context, watchedOrigin);
      await use();
      expect(seen.elsewhere, 'requests that leave the origin').toEqual([]);
      expect(seen.errors, 'errors that nobody caught, and broken policies').toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };

/** As a reader's first movement does it (`src/workbench/element.ts`). */
export function giveSign(): void {
  addEventListener('DOMContentLoaded', () => dispatchEvent(new Event('pointermove')));
}

/** Records what must never happen on any page: a request to another origin, an uncaught error. */
export function watch(context: BrowserContext, origin: string) {
  const seen = { elsewhere: [] as string[], errors: [] as string[] };
  const host = new URL(origin).host;
  context.on('request', (request) => {
    const url = request.url();
    if (!OWN.test(url) && new URL(url).host !== host) seen.elsewhere.push(url);
  });
  context.on('page', (page) => {
    page.on('websocket', (socket) => {
      if (new URL(socket.url()).host !== host) seen.elsewhere.push(socket.url());
    });
  });
  context.on('weberror', (error) => {
    const text = String(error.error());
    if (!GIVEN_UP_TRANSITION.test(text)) seen.errors.push(text);
  });
  context.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && /Content Security Policy/i.test(text)) seen.errors.push(text);
  });
  return seen;
}

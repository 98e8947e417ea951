/** The course as files on a host that knows nothing of it, below a path: every room is in its page. */
import { test as base } from './course.ts';
import { BASE, built, hostOf, staticFolder } from './static-host.ts';

export const test = base.extend<object, { staticOrigin: string }>({
  staticOrigin: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from here
    async ({}, use) => {
      await built();
      const { origin, end } = await hostOf(staticFolder);
      await use(origin);
      end();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  baseURL: ({ staticOrigin }, use) => use(staticOrigin + BASE),
  watchedOrigin: ({ staticOrigin }, use) => use(staticOrigin),
});
export { expect } from './course.ts';
export { BASE, hostOf, staticFolder, types } from './static-host.ts';

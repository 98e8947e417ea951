/**
 * One exercise of every kind in WebKitGTK (Debian's webkit2gtk-driver), the engine of Safari and of every browser on
 * an iPad. Where it is missing, the tests say so.
 */
import { expect } from './course.ts';
import { kinds, openExercise, solve } from './driven-exercise.ts';
import { BASE, test as staticTest } from './static-course.ts';
import { startWebKit, type WebKit } from './webkit.ts';

const missing = 'no WebKitGTK (Debian: apt-get install webkit2gtk-driver xvfb)';
const test = staticTest.extend<object, { webkit: WebKit | undefined }>({
  webkit: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from here
    async ({}, use) => {
      const webkit = await startWebKit();
      await use(webkit);
      await webkit?.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});
test.describe.configure({ mode: 'default', timeout: 240_000 });

for (const [what, id, language, home] of kinds)
  test(`${what}: ${id}, ${language}`, async ({ webkit, course, staticOrigin }) => {
    test.skip(!webkit, missing);
    const site = home === 'server' ? `${course.origin}/` : staticOrigin + BASE;
    await solve(webkit!.page, site, language, id);
  });

test('an exercise is not passed by its starter', async ({ webkit, course }) => {
  test.skip(!webkit, missing);
  const site = `${course.origin}/`;
  const exercise = await openExercise(webkit!.page, site, 'en', 'first-message/publish', 'starter');
  await exercise.run();
  expect(await exercise.ended()).toMatch(/not-yet|false/);
});

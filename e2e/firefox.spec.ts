/**
 * One exercise of every kind in an installed Firefox (Debian's firefox-esr), over WebDriver BiDi: a program,
 * several of them, files of the broker, terminals, and a broker in the page. What a program of Firefox
 * shows of errors and hostile programs: `node scripts/try-firefox.ts`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFirefox, type Firefox } from '../scripts/try-firefox/bidi.ts';
import { expect } from './course.ts';
import { kinds, openExercise, solve } from './driven-exercise.ts';
import { BASE, test as staticTest } from './static-course.ts';

const test = staticTest.extend<object, { firefox: Firefox | undefined }>({
  firefox: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from here
    async ({}, use) => {
      const profile = mkdtempSync(join(tmpdir(), 'retained-firefox-'));
      const firefox = await startFirefox(profile);
      await use(firefox);
      await firefox?.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});
test.describe.configure({ mode: 'default', timeout: 180_000 });

for (const [what, id, language, home] of kinds) {
  test(`${what}: ${id}, ${language}`, async ({ firefox, course, staticOrigin }) => {
    test.skip(!firefox, 'no Firefox (Debian: apt-get install firefox-esr)');
    const page = await firefox!.newPage();
    try {
      const site = home === 'server' ? `${course.origin}/` : staticOrigin + BASE;
      await solve(page, site, language, id);
    } finally {
      await page.close();
    }
  });
}

test('an exercise is not passed by its starter', async ({ firefox, course }) => {
  test.skip(!firefox, 'no Firefox (Debian: apt-get install firefox-esr)');
  const page = await firefox!.newPage();
  try {
    const exercise = await openExercise(
      page,
      `${course.origin}/`,
      'en',
      'first-message/publish',
      'starter',
    );
    await exercise.run();
    expect(await exercise.ended()).toMatch(/not-yet|false/);
  } finally {
    await page.close();
  }
});

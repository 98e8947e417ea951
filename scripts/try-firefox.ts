/**
 * `node scripts/try-firefox.ts [--pages <folder> --only <word>]`: the first lesson in an installed Firefox, over
 * WebDriver BiDi, which Playwright does not speak to a Firefox that it did not build. A solution
 * passes, an error is shown, hostile programs stop. Exits with 1 if something of it does not.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hostilePrograms } from '../e2e/hostile-programs.ts';
import { busyCourse } from '../bench/page-load/busy-room.ts';
import { build, root } from './build.ts';
import { startFirefox, type FirefoxPage } from './try-firefox/bidi.ts';

const { values } = parseArgs({
  options: { pages: { type: 'string' }, only: { type: 'string', default: '' } },
});
const profile = mkdtempSync(join(tmpdir(), 'retained-firefox-'));
const firefox = await startFirefox(profile);
if (!firefox) {
  console.log('skipped: no Firefox is installed (Debian: apt-get install firefox-esr)');
  process.exit(0);
}
if (!values.pages) await build();
const course = await busyCourse(values.pages ?? join(root, 'dist'));
const solution = readFileSync(
  join(root, 'lessons/first-message/publish/solution/publisher.ts'),
  'utf8',
);
let failures = 0;
console.log(`${firefox.version}\n`);
try {
  await check('a solution passes', solution, 'Finished', (page) =>
    page.until(`document.querySelectorAll('[data-check][data-state="true"]').length === 3`),
  );
  await check(
    'an error of async main() is shown',
    "async function main() { throw new Error('boom'); }\nmain();\n",
    'Ended by an error',
    (page) => page.until(`document.querySelector('[role=log]').textContent.includes('boom')`),
  );
  for (const [name, program] of Object.entries(hostilePrograms)) {
    if (!name.includes(values.only)) continue;
    if (program.isHeavy && !name.includes('array buffers')) continue;
    await check(name, program.text, program.ends === 'stopped' ? 'Stopped' : 'Ended by an error');
  }
} finally {
  await firefox.close();
  await course.stop();
  rmSync(profile, { recursive: true, force: true });
}
process.exit(failures > 0 ? 1 : 0);

/** Runs a program by the page's own button; presses Stop after three seconds if it is to be stopped. */
async function check(
  name: string,
  program: string,
  state: string,
  also?: (page: FirefoxPage) => Promise<unknown>,
): Promise<void> {
  const page = await firefox!.newPage();
  try {
    await page.open(`${course.origin}/en/`);
    const key = 'retained:draft:first-message/publish:publisher.ts';
    await page.evaluate(`localStorage.setItem('${key}', ${JSON.stringify(program)})`);
    await page.open(`${course.origin}/en/first-message/`);
    await page.evaluate(`document.querySelector('mqtt-workbench').scrollIntoView();
      dispatchEvent(new Event('pointermove'))`);
    await page.until(`document.querySelector('.monaco-editor .view-line') &&
      document.querySelector('.wb-code')?.getAttribute('aria-busy') !== 'true'`);
    await page.evaluate(`document.querySelector('.wb-run').click()`);
    const word = `document.querySelector('.wb-state').textContent`;
    let took = '';
    if (state === 'Stopped') {
      await page.until(`['Running', 'Busy'].includes(${word})`);
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      const pressed = Date.now();
      await page.evaluate(`document.querySelector('.wb-stop').click()`);
      took = `Stop: ${Date.now() - pressed} ms`;
    }
    await page.until(`${word} === '${state}'`);
    await also?.(page);
    console.log(`ok      ${name.padEnd(40)} ${took}`);
  } catch (error) {
    failures += 1;
    console.log(`failed  ${name.padEnd(40)} ${String(error)}`);
  } finally {
    await page.close();
  }
}

/**
 * `npm run bench:hostile [-- --only <word> --seconds <n> --pages <folder>]`: each program that tries to
 * freeze the page or to eat its memory, in a Chromium of its own. Prints how long the page stood still
 * at most, how long Stop took, and the most memory of page and programs together.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright';
import { launchOptions } from '../e2e/browser.ts';
import { hostilePrograms, type HostileProgram } from '../e2e/hostile-programs.ts';
import { build, root } from '../scripts/build.ts';
import { probe } from './hostile/probe.ts';
import { watchMemory } from './hostile/memory.ts';
import { busyCourse } from './page-load/busy-room.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    seconds: { type: 'string', default: '4' },
    pages: { type: 'string' },
  },
});
/** A page that has not answered for so long will not. */
const PATIENCE_MS = 20_000;
/** Longer than the page needs to end a program that eats memory. */
const ENDS_MS = 15_000;

if (!values.pages) await build();
const course = await busyCourse(values.pages ?? join(root, 'dist'));
console.log('program                              stands still    frame     Stop  memory  state');
for (const [name, program] of Object.entries(hostilePrograms)) {
  if (!name.includes(values.only)) continue;
  const browser = await chromium.launch(launchOptions());
  try {
    console.log(name.padEnd(36), await row(browser, program));
  } catch (error) {
    console.log(name.padEnd(36), String(error).split('\n', 1)[0]);
  } finally {
    await browser.close();
  }
}
await course.stop();

async function row(browser: Browser, program: HostileProgram): Promise<string> {
  const context = await browser.newContext({
    baseURL: course.origin,
    viewport: { width: 1440, height: 900 },
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.addInitScript(probe);
  await page.addInitScript((text) => {
    const key = 'retained:draft:first-message/publish:publisher.ts';
    if (top === window) localStorage.setItem(key, text);
  }, program.text);
  await ready(page);
  const memory = await watchMemory(browser);
  await page.evaluate(() => Object.assign(window.frozen, { timer: 0, frame: 0 }));
  await page.locator('.wb-run').click();
  await page.waitForTimeout(program.ends === 'stopped' ? Number(values.seconds) * 1000 : ENDS_MS);
  const pressed = Date.now();
  await within(page.keyboard.press('Control+Shift+Enter'));
  await within(page.waitForFunction(() => window.frozen.over !== undefined));
  const { timer, frame, over } = await within(page.evaluate(() => window.frozen));
  const state = await within(page.locator('.wb-state').textContent());
  memory.stop();
  const waited = over! >= pressed ? `${over! - pressed} ms` : 'ended';
  return [
    `${timer.toFixed(0)} ms`.padStart(12),
    `${frame.toFixed(0)} ms`.padStart(8),
    waited.padStart(8),
    `${(memory.most / 1e6).toFixed(0)} MB`.padStart(7),
    ` ${state}`,
  ].join(' ');
}

async function ready(page: Page): Promise<void> {
  await page.goto('/en/first-message/');
  await page.locator('mqtt-workbench').scrollIntoViewIfNeeded();
  await page.mouse.move(8, 8);
  await page.locator('.monaco-editor .view-line').first().waitFor();
  await page.waitForTimeout(1000);
}

function within<T>(promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error('no answer: the page stands still')),
    PATIENCE_MS,
  );
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

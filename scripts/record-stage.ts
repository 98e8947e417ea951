/**
 * `npm run recording [-- --pages <folder>] [--out <folder>]`: the moving picture of the README, from the
 * real course: the stage of “Last will” in a window of its own, from Run on; docs/images/stage.webp, and
 * stage.png for those who want no movement.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, expect, type Browser, type Page } from '@playwright/test';
import { launchOptions } from '../e2e/browser.ts';
import { startCourse } from '../e2e/server.ts';
import { WorkbenchPage } from '../e2e/workbench-page.ts';
import { build, root } from './build.ts';
import { animatedWebp } from './recording/animated-webp.ts';
import { framesOf, recorded } from './recording/frames.ts';

const lesson = 'last-will';
const exercise = 'last-will/presence';
const seconds = 20;
const perSecond = 10;
const size = { width: 1120, height: 560 };
const mostBytes = 1_500_000;

const { values } = parseArgs({ options: { pages: { type: 'string' }, out: { type: 'string' } } });
const folder = values.out ?? join(root, 'docs', 'images');

/** The workbench with the exercise's solution, and its stage in a window of its own. */
async function open(browser: Browser, origin: string): Promise<[WorkbenchPage, Page]> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
  });
  const solution = join(root, 'lessons', exercise, 'solution');
  const drafts = readdirSync(solution)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [name, readFileSync(join(solution, name), 'utf8')] as const);
  await context.addInitScript(
    ({ id, programs }) => {
      if (parent !== window) return;
      for (const [name, text] of programs)
        localStorage.setItem(`retained:draft:${id}:${name}`, text);
    },
    { id: exercise, programs: drafts },
  );
  const workbench = new WorkbenchPage(await context.newPage());
  await workbench.page.goto(`en/${lesson}/`);
  await workbench.editorReady();
  await workbench.panel('stage');
  const tool = workbench.workbench.getByRole('button', { name: /window of its own/ });
  const [stage] = await Promise.all([workbench.page.waitForEvent('popup'), tool.first().click()]);
  await stage.setViewportSize(size);
  await expect(stage.locator('.wb-stage-client').first()).toBeVisible();
  await stage.evaluate(() => document.fonts.ready);
  return [workbench, stage];
}

if (!values.pages) await build();
mkdirSync(folder, { recursive: true });
const course = await startCourse(...(values.pages ? ['--pages', values.pages] : []));
const browser = await chromium.launch(launchOptions());
try {
  const [workbench, stage] = await open(browser, `${course.origin}/`);
  const shots = await recorded(stage, perSecond, async () => {
    await workbench.run();
    // The programs end by themselves; what follows is the broker with what it holds.
    await expect(workbench.state).toHaveText(workbench.word('state.finished'), { timeout: 60_000 });
    await stage.waitForTimeout(3_000);
  });
  const { width, height, frames } = await framesOf(shots, seconds, await browser.newPage());
  const file = animatedWebp(width, height, frames);
  if (file.length > mostBytes) throw new Error(`${file.length} bytes: more than ${mostBytes}`);
  writeFileSync(join(folder, 'stage.webp'), file);
  await stage.screenshot({ path: join(folder, 'stage.png') });
  console.log(`docs/images/stage.webp: ${frames.length} frames, ${file.length} bytes`);
} finally {
  await browser.close();
  await course.end();
}

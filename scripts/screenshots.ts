/**
 * `npm run screenshots [-- --pages <folder>] [--out <folder>]`: the pictures of the README, from the real
 * course.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, expect, type Browser } from '@playwright/test';
import { launchOptions } from '../e2e/browser.ts';
import { program, type Language } from '../e2e/lesson-page.ts';
import { startCourse } from '../e2e/server.ts';
import { WorkbenchPage } from '../e2e/workbench-page.ts';
import { build, root } from './build.ts';

interface Shot {
  name: string;
  language: Language;
  colorScheme: 'light' | 'dark';
  width: number;
  height: number;
}

const shots: Shot[] = [
  {
    name: 'first-message-en-light',
    language: 'en',
    colorScheme: 'light',
    width: 1440,
    height: 900,
  },
  {
    name: 'first-message-zh-tw-dark',
    language: 'zh-tw',
    colorScheme: 'dark',
    width: 1440,
    height: 900,
  },
  { name: 'first-message-en-phone', language: 'en', colorScheme: 'light', width: 390, height: 844 },
];
const { values } = parseArgs({ options: { pages: { type: 'string' }, out: { type: 'string' } } });
const folder = values.out ?? join(root, 'docs', 'images');

/** The lesson with its solution run and passed, the stage in front, as a learner sees it at the end. */
async function take(browser: Browser, origin: string, shot: Shot): Promise<void> {
  const { colorScheme, width, height } = shot;
  const isPhone = width < 500;
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width, height },
    deviceScaleFactor: 1.5,
    colorScheme,
    reducedMotion: 'reduce',
    ...(isPhone && { hasTouch: true, isMobile: true }),
  });
  await context.addInitScript((text) => {
    if (parent === window)
      localStorage.setItem('retained:draft:first-message/publish:publisher.ts', text);
  }, program('solution'));
  const lesson = new WorkbenchPage(await context.newPage(), shot.language);
  const { page, workbench } = lesson;
  await page.goto(`${shot.language}/first-message/`);
  await workbench.evaluate((one) => one.scrollIntoView());
  await page.mouse.move(8, 8);
  await expect(workbench.locator('.wb-code')).not.toHaveAttribute('aria-busy', 'true');
  await lesson.run();
  await lesson.expectAllTrue();
  await lesson.expectState('finished');
  await expect(workbench.locator('.wb-ways')).toBeVisible();
  await lesson.panel('stage');
  // What the subscriber received stands on its card.
  await expect(workbench.locator('.wb-stage-got').first()).toBeVisible();
  if (!isPhone) await page.evaluate(() => scrollTo(0, 0));
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${shot.name}.png`) });
  console.log(`docs/images/${shot.name}.png`);
  await context.close();
}

if (!values.pages) await build();
mkdirSync(folder, { recursive: true });
const course = await startCourse(...(values.pages ? ['--pages', values.pages] : []));
const browser = await chromium.launch(launchOptions());
try {
  for (const shot of shots) await take(browser, course.origin, shot);
} finally {
  await browser.close();
  await course.end();
}

/** `npm run screenshots`: the pictures of the README and the documents, from the real course. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright';
import { launchOptions } from '../e2e/browser.ts';
import { LessonPage, program, type Language } from '../e2e/lesson-page.ts';
import { startCourse } from '../e2e/server.ts';
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
    height: 1040,
  },
  {
    name: 'first-message-zh-tw-dark',
    language: 'zh-tw',
    colorScheme: 'dark',
    width: 1440,
    height: 1040,
  },
  { name: 'first-message-en-phone', language: 'en', colorScheme: 'light', width: 390, height: 844 },
];
const folder = join(root, 'docs', 'images');

/** The lesson with its solution run and a packet open, as a learner sees it at the end. */
async function take(browser: Browser, origin: string, shot: Shot): Promise<void> {
  const { colorScheme, width, height } = shot;
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width, height },
    deviceScaleFactor: 1.5,
    colorScheme,
    reducedMotion: 'reduce',
  });
  const lesson = new LessonPage(await context.newPage(), shot.language);
  await lesson.open();
  await lesson.write(program('solution'));
  await lesson.run();
  await lesson.expectAllTrue();
  const publish = lesson.packets.getByRole('option').filter({ hasText: /PUBLISH/ });
  await publish.first().click();
  await lesson.page.evaluate(() => document.fonts.ready);
  await lesson.page.screenshot({ path: join(folder, `${shot.name}.png`) });
  console.log(`docs/images/${shot.name}.png`);
  await context.close();
}

await build();
mkdirSync(folder, { recursive: true });
const course = await startCourse();
const browser = await chromium.launch(launchOptions());
try {
  for (const shot of shots) await take(browser, course.origin, shot);
} finally {
  await browser.close();
  await course.end();
}

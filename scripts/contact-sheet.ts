/**
 * `npm run contact-sheet [-- --pages <folder>] [exercise …]`: passes every exercise with the input of a
 * finger on a phone and of keys on a laptop, and puts the small pictures of all of them on one page:
 * test-results/contact-sheet/index.html and index.png.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser } from '@playwright/test';
import { launchOptions } from '../e2e/browser.ts';
import { ExerciseWorkbench } from '../e2e/exercise-workbench.ts';
import { expectInSight } from '../e2e/in-sight.ts';
import { KeyboardInput } from '../e2e/keyboard-input.ts';
import type { Language } from '../e2e/lesson-page.ts';
import { startCourse } from '../e2e/server.ts';
import { exerciseIds, lacking, readExercise, solveExercise } from '../e2e/solve-exercise.ts';
import { TouchInput } from '../e2e/touch-input.ts';
import { build, root } from './build.ts';

interface Size {
  name: string;
  language: Language;
  width: number;
  height: number;
  colorScheme: 'light' | 'dark';
  isPhone: boolean;
}
const sizes: Size[] = [
  {
    name: 'laptop',
    language: 'en',
    width: 1366,
    height: 768,
    colorScheme: 'light',
    isPhone: false,
  },
  { name: 'phone', language: 'zh-tw', width: 390, height: 844, colorScheme: 'dark', isPhone: true },
];
interface Picture {
  id: string;
  size: Size;
  /** Relative to the page; undefined if there is none. */
  file: string | undefined;
  /** Why it is not passed, or what is out of sight. */
  wrong: string | undefined;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { pages: { type: 'string' }, out: { type: 'string' } },
});
const folder = values.out ?? join(root, 'test-results', 'contact-sheet');
const wanted = exerciseIds.filter(
  (id) => positionals.length === 0 || positionals.some((one) => id.startsWith(one)),
);

async function take(browser: Browser, origin: string, id: string, size: Size): Promise<Picture> {
  const { name, language, width, height, colorScheme, isPhone } = size;
  const picture: Picture = { id, size, file: undefined, wrong: undefined };
  const files = await readExercise(id);
  const lacks = lacking(files);
  if (lacks !== undefined) return { ...picture, wrong: `this machine has no ${lacks}` };
  const context = await browser.newContext({
    baseURL: `${origin}/`,
    viewport: { width, height },
    colorScheme,
    ...(isPhone && { hasTouch: true, isMobile: true, deviceScaleFactor: 2 }),
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const workbench = new ExerciseWorkbench(page, language, id);
  try {
    const input = isPhone ? new TouchInput(workbench) : new KeyboardInput(workbench);
    await solveExercise(input, files);
    await expectInSight(workbench, 'passed');
  } catch (error) {
    picture.wrong = String(error).split('\n', 1)[0];
  }
  await page.evaluate(() => document.fonts.ready);
  picture.file = `${id.replace('/', '-')}-${name}.png`;
  await page.screenshot({ path: join(folder, picture.file) });
  await context.close();
  console.log(`${picture.file}${picture.wrong === undefined ? '' : `: ${picture.wrong}`}`);
  return picture;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
function pageOf(pictures: readonly Picture[]): string {
  const figures = pictures.map(({ id, size, file, wrong }) => {
    const image = file ? `<a href="${file}"><img src="${file}" alt=""></a>` : '';
    const note = wrong === undefined ? '' : `<b>${escaped(wrong)}</b>`;
    return `<figure class="${size.name}">${image}<figcaption>${id} ${note}</figcaption></figure>`;
  });
  return `<!doctype html><meta charset="utf-8"><title>Every exercise, passed</title>
<style>
  body { display: flex; flex-wrap: wrap; gap: 12px; width: 1500px; margin: 12px; font: 11px system-ui; }
  figure { margin: 0; }
  .laptop { width: 340px; }
  .phone { width: 120px; }
  img { width: 100%; border: 1px solid #888; }
  b { color: #b00; }
</style>
${figures.join('\n')}\n`;
}

if (!values.pages) await build();
mkdirSync(folder, { recursive: true });
const course = await startCourse(...(values.pages ? ['--pages', values.pages] : []));
const browser = await chromium.launch(launchOptions());
try {
  const pictures: Picture[] = [];
  for (const id of wanted)
    for (const size of sizes) pictures.push(await take(browser, course.origin, id, size));
  writeFileSync(join(folder, 'index.html'), pageOf(pictures));
  const page = await browser.newPage({ viewport: { width: 1540, height: 900 } });
  await page.goto(`file://${join(folder, 'index.html')}`);
  await page.screenshot({ path: join(folder, 'index.png'), fullPage: true });
  console.log(join(folder, 'index.png'));
  if (pictures.some(({ wrong }) => wrong !== undefined)) process.exitCode = 1;
} finally {
  await browser.close();
  await course.end();
}

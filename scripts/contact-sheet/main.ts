/**
 * `npm run contact-sheet [-- --pages <folder>] [--part 1/4] [--only phone] [--workers 2] [exercise …]`: walks
 * every exercise at 1366 × 768, 1280 × 720 and 390 × 844 in both languages, with keys and with a finger.
 * Fails if after Run or after a pass the checks, six rows of the panel in front or the ways on are not whole
 * in the window (`e2e/in-sight.ts`), and says where. The pictures go to .retained/contact-sheet:
 * index.html, and sheets of them as PNG. What an earlier run left there is part of the sheets, so that a
 * walk can be done in parts.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../e2e/browser.ts';
import { startCourse } from '../../e2e/server.ts';
import { exerciseIds } from '../../e2e/solve-exercise.ts';
import { build, root } from '../build.ts';
import { readWalks, writeSheets } from './sheets.ts';
import { languages, shapes, walk, type Walk } from './walk.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pages: { type: 'string' },
    out: { type: 'string' },
    part: { type: 'string', default: '1/1' },
    only: { type: 'string' },
    workers: { type: 'string', default: '2' },
  },
});
const folder = values.out ?? join(root, '.retained', 'contact-sheet');
const [part, parts] = values.part.split('/').map(Number) as [number, number];

const walks: Walk[] = exerciseIds
  .filter((id) => positionals.length === 0 || positionals.some((one) => id.startsWith(one)))
  .filter((_, at) => at % parts === part - 1)
  .flatMap((id) =>
    shapes
      .filter(({ name }) => values.only === undefined || values.only === name)
      .flatMap((shape) => languages.map((language) => ({ id, shape, language }))),
  );

if (!values.pages) await build();
mkdirSync(folder, { recursive: true });
const course = await startCourse(...(values.pages ? ['--pages', values.pages] : []));
const browser = await chromium.launch(launchOptions());
const wrong: string[] = [];

/** Takes one after the other of what is left: a walk mostly waits for its run. */
async function walkAll(left: Iterable<Walk>): Promise<void> {
  for (const one of left) {
    const walked = await walk(browser, course.origin, one, folder);
    const name = `${one.id.replace('/', '-')}-${one.shape.name}-${one.language}`;
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(walked));
    const said = walked.lacks ? `skipped: this machine has no ${walked.lacks}` : 'whole';
    console.log(`${name}: ${walked.wrong.length > 0 ? 'WRONG' : said}`);
    wrong.push(...walked.wrong);
  }
}

try {
  const left = walks.values();
  await Promise.all(Array.from({ length: Number(values.workers) }, () => walkAll(left)));
  const sheets = await writeSheets(
    browser,
    folder,
    readWalks(folder).flatMap(({ pictures }) => pictures),
  );
  console.log(sheets.join('\n'));
} finally {
  await browser.close();
  await course.end();
}
if (wrong.length > 0) {
  console.error(`Not whole in the window:\n${wrong.join('\n')}`);
  process.exitCode = 1;
}

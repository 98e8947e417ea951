/**
 * `npm run bench:pages [-- --visits <n>] [--only weight,load,lighthouse,growth]`: what pages for
 * reading cost, beside the same text as a page of a stock Starlight that is built and served in the
 * same run. Everything is printed; budgets for bytes are a test (e2e/reading-budget.spec.ts).
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium, type Browser } from 'playwright';
import { launchOptions } from '../e2e/browser.ts';
import { startCourse } from '../e2e/server.ts';
import { build } from '../scripts/build.ts';
import { median } from './median.ts';
import { buildTime } from './pages/growth.ts';
import { scoresOf } from './pages/lighthouse.ts';
import { load, type Load } from './pages/load.ts';
import { buildStarlight, serveStatic, textOf } from './pages/starlight.ts';
import { tools } from './pages/tools.ts';
import { readingBytes, type Bytes } from './visit.ts';

const LESSON = '/en/first-message/';
const PARTS = ['weight', 'load', 'lighthouse', 'growth'];
/** One of each kind; those that search engines are asked to leave out are marked. */
const KINDS: [name: string, path: string, hidden?: 'hidden'][] = [
  ['home', '/en/'],
  ['lesson', LESSON],
  ['lesson, Chinese', '/zh-tw/first-message/'],
  ['glossary', '/en/glossary/'],
  ['teachers', '/en/teach/'],
  ['progress', '/en/progress/', 'hidden'],
  ['part', '/en/part/meet/', 'hidden'],
  ['not found', '/404.html'],
];

const { values } = parseArgs({
  options: {
    visits: { type: 'string', default: '7' },
    only: { type: 'string', default: PARTS.join(',') },
  },
});
const visits = Math.max(1, Number(values.visits) || 7);
const asked = values.only.split(',');
for (const name of asked)
  if (!PARTS.includes(name)) throw new Error(`No part "${name}"; there are ${PARTS.join(', ')}.`);

// If the pages are already built, as in the end-to-end tests, they are used.
if (!process.env['RETAINED_E2E_SITE']) await build();
const course = await startCourse();
const browser = await chromium.launch(launchOptions());
try {
  console.log(`\n${cpus().length} × ${cpus()[0]?.model.trim()}, Chromium ${browser.version()}`);
  if (asked.some((name) => name !== 'growth')) await tools();
  if (asked.includes('weight') || asked.includes('load')) await besideStarlight(browser);
  if (asked.includes('lighthouse')) await lighthouse();
  if (asked.includes('growth')) await growth();
} finally {
  await browser.close();
  await course.end();
}

function row(first: string, ...others: string[]): void {
  console.log(first.padEnd(28) + others.map((text) => text.padStart(15)).join(''));
}

async function besideStarlight(on: Browser): Promise<void> {
  const page = await on.newPage();
  const lesson = await textOf(page, course.origin + LESSON);
  await page.close();
  const site = await serveStatic(await buildStarlight(lesson));
  const urls = [course.origin + LESSON, `${site.origin}/lesson/`] as const;
  try {
    if (asked.includes('weight')) await weight(on, urls);
    if (asked.includes('load')) await loads(on, urls);
  } finally {
    site.close();
  }
}

async function weight(on: Browser, urls: readonly [string, string]): Promise<void> {
  const sides: Bytes[] = [];
  for (const url of urls) {
    const context = await on.newContext({ serviceWorkers: 'block' });
    sides.push(await readingBytes(context, url));
    await context.close();
  }
  const kb = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
  console.log('\nBytes on the wire of a lesson, compressed, before the editor is asked for');
  row('', 'the course', 'Starlight');
  const kinds = [...new Set(sides.flatMap((side) => Object.keys(side)))].sort();
  for (const kind of kinds) row(kind.toLowerCase(), ...sides.map((side) => kb(side[kind] ?? 0)));
  row('all', ...sides.map((side) => kb(Object.values(side).reduce((sum, n) => sum + n, 0))));
}

async function loads(on: Browser, urls: readonly [string, string]): Promise<void> {
  const sides: [Load[], Load[]] = [[], []];
  // In turn: other load of the machine affects both.
  for (let n = 0; n < visits; n++)
    for (const at of [0, 1] as const) sides[at].push(await load(on, urls[at]));
  const ms = (of: (one: Load) => number) =>
    sides.map((list) => `${Math.round(median(list.map(of)))} ms`);
  console.log(`\nSlow 4G, CPU slowed 4×, 390 px, nothing cached; medians of ${visits} visits`);
  row('', 'the course', 'Starlight');
  row('largest contentful paint', ...ms(({ lcp }) => lcp));
  row('total blocking time', ...ms(({ tbt }) => tbt));
}

async function lighthouse(): Promise<void> {
  const lines: [string, string[]][] = [];
  for (const [name, path, hidden] of KINDS) {
    const scores = await scoresOf(name, course.origin + path, hidden === 'hidden');
    lines.push([name, Object.values(scores).map((score) => String(Math.round(score)))]);
  }
  console.log('\nLighthouse');
  row('', 'performance', 'accessibility', 'best practices', 'SEO');
  for (const [name, scores] of lines) row(name, ...scores);
}

async function growth(): Promise<void> {
  const times: [number, number][] = [];
  for (const lessons of [10, 40, 100]) times.push([lessons, await buildTime(lessons)]);
  console.log('\nBuilding the pages, copies of one lesson, both languages');
  row('lessons', 'in all', 'each');
  for (const [lessons, seconds] of times) {
    row(
      String(lessons),
      `${seconds.toFixed(1)} s`,
      `${((1000 * seconds) / lessons).toFixed(0)} ms`,
    );
  }
  const [first, , last] = times as [[number, number], [number, number], [number, number]];
  const each = (1000 * (last[1] - first[1])) / (last[0] - first[0]);
  row('one more', '', `${each.toFixed(0)} ms`);
}

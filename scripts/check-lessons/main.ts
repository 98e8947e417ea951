/**
 * `npm run check:lessons [-- [--record] [--every-room | --worker] <slug>…]`: a line for each lesson, then what is wrong, then
 * totals. `--growth` does all of it once more with each lesson twice, and prints what one more lesson
 * costs. `--every-room`: all sets in every kind of room, not a sample. `--worker`: all sets that need no
 * program outside in rooms of a browser, and nothing else. `--record`: compares with every Mosquitto, and writes
 * into `lessons/proved.json` what the lessons in which nothing failed were run with.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pahoPython } from '../test/paho.ts';
import { lastLine } from '../test/tally.ts';
import { readCourse } from './course-index.ts';
import { lessonFolders, readLesson, type LessonFiles } from './lesson.ts';
import { Pool } from './pool.ts';
import { record } from './record.ts';
import { countables, Findings } from './report.ts';
import { browserWorkers } from './rooms/browser/index.ts';
import { memory } from './rooms/memory.ts';
import { websocket } from './rooms/websocket.ts';
import type { LessonRule } from './lesson-rule.ts';
import { checkSiteTexts } from './site-texts.ts';
import { rulesOfFiles, rulesOfRuns } from './rules/all.ts';
import { programs } from './rules/programs.ts';

const { values, positionals } = parseArgs({
  options: {
    report: { type: 'string' },
    'every-room': { type: 'boolean' },
    worker: { type: 'boolean' },
    growth: { type: 'boolean' },
    record: { type: 'boolean' },
  },
  allowPositionals: true,
});
const began = performance.now();
const root = fileURLToPath(new URL('../../lessons', import.meta.url));
const course = readCourse(root);
const folders = lessonFolders(root);
const inBrowser = await browserWorkers();
const sources = [
  ...(values.worker ? [] : [memory, await websocket(root)]),
  ...(inBrowser ? [inBrowser] : []),
];
// Most of a run is waiting, for programs' own pauses and for silence; but programs that measure time
// need some of a core.
const atOnce = 5 * availableParallelism();
const findings = new Findings();
/** What each lesson's run has found. */
const checked = new Map<string, Findings>();
if (!inBrowser && values.worker) findings.failed('lessons', 'no browser starts on this machine');
else if (!inBrowser) findings.skipped('rooms in a browser', 'needs Chromium');

interface Checked {
  own: Findings;
  /** Undefined if it can't be read. */
  lesson: LessonFiles | undefined;
}

async function check(rules: readonly LessonRule[], slug: string, { own, lesson }: Checked) {
  if (!lesson) return;
  try {
    await Promise.all(rules.map(async (rule) => rule(lesson, own, course)));
  } catch (error) {
    own.failed(slug, (error as Error).message);
  }
}

async function checkFiles(slug: string): Promise<Checked> {
  const own = new Findings();
  const lesson = await readLesson(root, slug).catch((error: Error) => {
    own.failed(slug, error.message);
    return undefined;
  });
  const checked = { own, lesson };
  if (!values.worker) await check(rulesOfFiles, slug, checked);
  return checked;
}

for (const slug of course.written) {
  findings.expect(folders.includes(slug), slug, 'is written, says lessons/course.ts; no folder');
}
for (const slug of positionals) {
  findings.expect(folders.includes(slug), slug, 'is asked for, and there is no such folder');
}
if (!values.worker) checkSiteTexts(root, findings);
const asked = folders.filter((slug) => positionals.length === 0 || positionals.includes(slug));
// Programs wait until all files are looked at and Python is there (it may be installed here): while
// this thread is busy their packets stand still, and one whose pauses are its own runs ahead of one
// that waits for answers.
pahoPython();
/** Returns the seconds that it took, and those of one core that were at work in this process. */
async function checkAll(slugs: readonly string[]): Promise<{ wall: number; core: number }> {
  const start = performance.now();
  const before = process.cpuUsage();
  const read = await Promise.all(
    slugs.map(async (slug) => [slug, await checkFiles(slug)] as const),
  );
  const pool = new Pool(atOnce);
  const rules = values.worker
    ? [programs(sources, pool)]
    : rulesOfRuns(sources, pool, values['every-room'], values.record);
  const checks = read.map(([slug, one]) => [slug, one.own, check(rules, slug, one)] as const);
  for (const [slug, own, done] of checks) {
    await done;
    findings.add(own);
    checked.set(slug, own);
    console.log(`${slug.padEnd(24)} ${lastLine(own.tally)}`);
  }
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - start) / 1000, core: (user + system) / 1e6 };
}
const once = await checkAll(asked);
if (values.growth && asked.length > 0) {
  const twice = await checkAll([...asked, ...asked]);
  const more = (kind: 'wall' | 'core') => (twice[kind] - once[kind]) / asked.length;
  console.log(
    `One more lesson: ${more('wall').toFixed(1)} s, ${more('core').toFixed(1)} s of one core`,
  );
}
for (const source of sources) await source.close();

if (values.record && !values.worker) {
  record(root, checked, course.written, new Date().toISOString().slice(0, 10));
}

for (const failure of findings.failures) console.error(`  ✗ ${failure}`);
for (const retry of findings.retries) console.log(`  ~ done again: ${retry}`);
for (const skip of findings.skips) console.log(`  – ${skip}`);
const totals = values.worker
  ? 'Programs with rooms in a browser only'
  : countables.map((thing) => `${findings.counts.get(thing)} ${thing}`).join(', ');
console.log(`${totals}, in ${Math.round((performance.now() - began) / 1000)} s`);
console.log(lastLine(findings.tally));
if (values.report) writeFileSync(values.report, JSON.stringify(findings.tally));
process.exitCode = findings.failures.length > 0 ? 1 : 0;

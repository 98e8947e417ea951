/** `npm run check:lessons [-- <slug>…]`: one line a lesson, then what was wrong, then totals. */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { lastLine } from '../test/tally.ts';
import { readCourse } from './course.ts';
import { lessonFolders, readLesson } from './lesson.ts';
import { Pool } from './pool.ts';
import { countables, Findings } from './report.ts';
import { memory } from './rooms/memory.ts';
import { websocket } from './rooms/websocket.ts';
import { rulesOf } from './rules/all.ts';

const { values, positionals } = parseArgs({
  options: { report: { type: 'string' } },
  allowPositionals: true,
});
const began = performance.now();
const root = fileURLToPath(new URL('../../lessons', import.meta.url));
const course = readCourse(root);
const folders = lessonFolders(root);
const sources = [memory, await websocket(root)];
// Most of a run is waiting, for programs' own pauses and for silence; but programs that measure time
// need some of a core.
const atOnce = 5 * availableParallelism();
const rules = rulesOf(sources, new Pool(atOnce));
const findings = new Findings();

async function check(slug: string): Promise<Findings> {
  const own = new Findings();
  try {
    const lesson = await readLesson(root, slug);
    await Promise.all(rules.map(async (rule) => rule(lesson, own, course)));
  } catch (error) {
    own.failed(slug, (error as Error).message);
  }
  return own;
}

for (const slug of course.written) {
  findings.expect(folders.includes(slug), slug, 'is written, says lessons/course.ts; no folder');
}
for (const slug of positionals) {
  findings.expect(folders.includes(slug), slug, 'is asked for, and there is no such folder');
}
const asked = folders.filter((slug) => positionals.length === 0 || positionals.includes(slug));
const checks = asked.map((slug) => [slug, check(slug)] as const);
for (const [slug, result] of checks) {
  const own = await result;
  findings.add(own);
  console.log(`${slug.padEnd(24)} ${lastLine(own.tally)}`);
}
for (const source of sources) await source.close();

for (const failure of findings.failures) console.error(`  ✗ ${failure}`);
for (const skip of findings.skips) console.log(`  – ${skip}`);
const totals = countables.map((thing) => `${findings.counts.get(thing)} ${thing}`).join(', ');
console.log(`${totals}, in ${Math.round((performance.now() - began) / 1000)} s`);
console.log(lastLine(findings.tally));
if (values.report) writeFileSync(values.report, JSON.stringify(findings.tally));
process.exitCode = findings.failures.length > 0 ? 1 : 0;

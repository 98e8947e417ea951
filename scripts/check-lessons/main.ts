/** `npm run check:lessons [-- <slug>…]`: one line a lesson, then what was wrong, then totals. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { lastLine } from '../test/tally.ts';
import { readCourse } from './course.ts';
import { lessonFolders, readLesson } from './lesson.ts';
import { countables, Findings } from './report.ts';
import { memory } from './rooms/memory.ts';
import { websocket } from './rooms/websocket.ts';
import type { Rule } from './rule.ts';
import { chinese } from './rules/chinese.ts';
import { codeBlocks } from './rules/code-blocks.ts';
import { files } from './rules/files.ts';
import { bothLanguages } from './rules/languages.ts';
import { length } from './rules/length.ts';
import { links } from './rules/links.ts';
import { listed } from './rules/listed.ts';
import { programs } from './rules/programs.ts';
import { sentences } from './rules/sentences.ts';
import { types } from './rules/types.ts';

const { values, positionals } = parseArgs({
  options: { report: { type: 'string' } },
  allowPositionals: true,
});
const root = fileURLToPath(new URL('../../lessons', import.meta.url));
const course = readCourse();
const sources = [memory, await websocket()];
const rules: Rule[] = [
  listed,
  files,
  bothLanguages,
  sentences,
  length,
  links,
  codeBlocks,
  chinese,
  types,
  programs(sources),
];
const findings = new Findings();

for (const slug of course.written) {
  const there = lessonFolders(root).includes(slug);
  findings.expect(there, slug, 'is written, says lessons/course.ts, and has no folder');
}
for (const slug of lessonFolders(root)) {
  if (positionals.length > 0 && !positionals.includes(slug)) continue;
  const before = findings.tally;
  const began = performance.now();
  try {
    const lesson = await readLesson(root, slug);
    for (const rule of rules) await rule(lesson, findings, course);
  } catch (error) {
    findings.failed(slug, (error as Error).message);
  }
  const { passed, failed, skipped } = findings.tally;
  const here = lastLine({
    passed: passed - before.passed,
    failed: failed - before.failed,
    skipped: skipped - before.skipped,
  });
  console.log(`${slug.padEnd(24)} ${here}, ${Math.round(performance.now() - began)} ms`);
}
for (const source of sources) await source.close();

for (const failure of findings.failures) console.error(`  ✗ ${failure}`);
for (const skip of findings.skips) console.log(`  – ${skip}`);
console.log(countables.map((thing) => `${findings.counts.get(thing)} ${thing}`).join(', '));
console.log(lastLine(findings.tally));
if (values.report) writeFileSync(values.report, JSON.stringify(findings.tally));
process.exitCode = findings.failures.length > 0 ? 1 : 0;

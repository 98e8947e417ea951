/**
 * `npm test`: sets up what is missing, runs everything, hides nothing. `npm test -- unit lessons` runs
 * these steps only, `npm test -- changed` what a change can reach. `--install` may call sudo.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './build.ts';
import { lessonFolders } from './check-lessons/lesson.ts';
import { changedFiles, reachOf } from './test/changed.ts';
import { secondsALesson } from './test/growth.ts';
import { heading, lanes, playwright, run, steps, type TestStep } from './test/steps.ts';
import { setUpSystem } from './test/system.ts';
import { lastLine, retryBudget, sum, type Tally } from './test/tally.ts';

const began = Date.now();
const asked = process.argv.slice(2);
const mayInstall = asked.includes('--install') || process.env['RETAINED_INSTALL'] === '1';
const names = steps.map(({ name }) => name);
let only = asked.filter((name) => name !== '--install');
for (const name of only) {
  if (names.includes(name) || name === 'changed') continue;
  console.error(
    `No step "${name}". Steps: ${names.map((one) => `"${one}"`).join(', ')}, "changed".`,
  );
  process.exit(2);
}
let lessons: string[] = [];
if (only.includes('changed')) {
  const reach = reachOf(changedFiles(root), names);
  only = reach.steps;
  lessons = reach.lessons;
  console.log(`The change reaches: ${only.join(', ') || 'nothing'}.`);
}
const everything = asked.every((name) => name === '--install');

const { browser, missing } = await setUpSystem(mayInstall);
const env = {
  ...process.env,
  ASTRO_TELEMETRY_DISABLED: '1',
  ...(browser && { RETAINED_BROWSER: browser }),
};
const results = new Map<string, Tally>();
const seconds = new Map<string, number>();
const skips: string[] = [...missing.values()];

async function runStep(step: TestStep): Promise<void> {
  const { name, after } = step;
  if (!everything && !only.includes(name)) {
    skips.push(`${name}: not asked for`);
    return;
  }
  const lacks = step.browser && !browser ? 'no browser' : undefined;
  const why = after && results.get(after)?.failed ? `${after} failed` : lacks;
  if (why !== undefined) {
    skips.push(`${name}: ${why}`);
    results.set(name, { passed: 0, failed: 0, skipped: 1 });
    return;
  }
  if (!step.beside && !step.lane) console.log(`\n${heading(name)}`);
  const start = Date.now();
  const args = name === 'lessons' ? [...step.args, ...lessons] : step.args;
  const tally = await run({ ...step, args }, root, env);
  seconds.set(name, (Date.now() - start) / 1000);
  const named = (lines: readonly string[] = []) => lines.map((line) => `${name}: ${line}`);
  results.set(name, { ...tally, failures: named(tally.failures), retries: named(tally.retries) });
  console.log(`${name}: ${lastLine(tally)}`);
}

const beside = steps.filter((step) => step.beside).map(runStep);
const inOrder = async (some: TestStep[]) => {
  for (const step of some) await runStep(step);
};
await Promise.all(lanes.map((lane) => inOrder(steps.filter((step) => step.lane === lane))));
await inOrder(steps.filter((step) => !step.beside && !step.lane));
await Promise.all(beside);

const total = sum(results.values());
const budget = retryBudget(total);
if (total.retries.length > budget) {
  total.failed++;
  total.failures.push(
    `${total.retries.length} tests needed a second try; at most ${budget} may (retryBudget)`,
  );
}
const list = (title: string, mark: string, lines: readonly string[]) =>
  lines.length > 0 &&
  console.log(`\n${title}:\n${lines.map((line) => `  ${mark} ${line}`).join('\n')}`);
list('Failed', '✗', total.failures);
list('Passed at the second try', '~', total.retries);
const took = [...seconds].map(
  ([name, time]) =>
    `${name.padEnd(24)} ${time.toFixed(0).padStart(5)} s${steps.some((step) => step.name === name && (step.beside || step.lane)) ? ', beside others' : ''}`,
);
list('Time', ' ', took);
const report = join(root, playwright);
if (seconds.has('end to end') && existsSync(report)) {
  const folders = lessonFolders(join(root, 'lessons'));
  const more = secondsALesson(JSON.parse(readFileSync(report, 'utf8')), folders.length);
  if (more !== undefined) {
    console.log(`  ${'end to end'.padEnd(24)} ${more.toFixed(1)} s more with each lesson`);
  }
}
const summary = [...results].map(([name, tally]) =>
  tally.failed ? `${name} FAILED` : tally.passed ? name : `${name} (skipped)`,
);
console.log(
  `\nRun in ${Math.round((Date.now() - began) / 1000)} s: ${summary.join(', ')}. ` +
    `Skipped: ${skips.length > 0 ? skips.join('; ') : 'nothing'}. ` +
    `Second tries: ${total.retries.length} of at most ${budget}.`,
);
console.log(lastLine(total));
process.exitCode = total.failed > 0 ? 1 : 0;

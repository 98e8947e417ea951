/** The steps of `npm test`, in order. Each is a separate process, so that none hides another. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { staticSample } from '../../e2e/static-specs.ts';
import { endWithUs } from '../progress.mjs';
import { one, playwrightTally, vitestTally, withExit, type Tally } from './tally.ts';

export interface TestStep {
  name: string;
  args: string[];
  env?: Readonly<Record<string, string>>;
  /** A JSON report that the program writes, and how its tests are counted. */
  report?: { path: string; tally(report: never): Tally };
  /** Skipped without a browser. */
  browser?: true;
  /** Skipped when the step of this name failed. */
  after?: string;
  /**
   * Runs beside the others, at a higher priority: it mostly waits, and its programs measure time.
   * Its output is shown when it has ended.
   */
  beside?: true;
  /**
   * Lanes run side by side, before all other steps; the steps of one run in order. Each keeps one
   * core busy. Their output is shown when they have ended.
   */
  lane?: Lane;
}
export const lanes = ['text', 'pages'] as const;
export type Lane = (typeof lanes)[number];

/** The line above a step's output. */
export const heading = (name: string): string =>
  `── ${name} ${'─'.repeat(Math.max(0, 72 - name.length))}`;

const bin = (path: string) => join('node_modules', path);
const caches = join('.retained', 'cache');
const reports = join('.retained', 'test');
/** Playwright's report, from the repository's root. */
export const playwright = join(reports, 'playwright.json');
const playwrightStatic = join(reports, 'playwright-static.json');
const vitest = join(reports, 'vitest.json');
const lessons = join(reports, 'lessons.json');

export const steps: TestStep[] = [
  { name: 'lock file', lane: 'text', args: ['scripts/check-lock.mjs'] },
  {
    name: 'format',
    lane: 'text',
    args: [
      bin('prettier/bin/prettier.cjs'),
      ...['--check', '--log-level=warn', '--cache', '--cache-strategy=content'],
      ...['--cache-location', join(caches, 'prettier'), '.'],
    ],
  },
  { name: 'lint', lane: 'text', args: [bin('eslint/bin/eslint.js'), '--max-warnings=0', '.'] },
  { name: 'types', lane: 'text', args: [bin('ts7/bin/tsc'), '-p', '.'] },
  // Before the unit tests: some of them look at the built vendor files.
  { name: 'build', lane: 'pages', args: ['scripts/build.ts'] },
  {
    name: 'types of pages',
    lane: 'pages',
    args: [bin('@astrojs/check/bin/astro-check.js'), '--minimumSeverity', 'warning'],
  },
  {
    name: 'unit',
    args: [
      bin('vitest/vitest.mjs'),
      'run',
      // One line for each file: a log stays readable.
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${vitest}`,
    ],
    report: { path: vitest, tally: vitestTally },
  },
  {
    name: 'lessons',
    beside: true,
    args: [
      // Node's stripping of types is what it warns of.
      '--disable-warning=ExperimentalWarning',
      ...['scripts/check-lessons/main.ts', '--report', lessons],
    ],
    report: { path: lessons, tally: (report: Tally) => report },
  },
  {
    name: 'end to end',
    args: [bin('@playwright/test/cli.js'), 'test'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: playwright },
    report: { path: playwright, tally: playwrightTally },
    browser: true,
    after: 'build',
  },
  {
    name: 'end to end, static host',
    args: [bin('@playwright/test/cli.js'), 'test', ...staticSample],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightStatic, RETAINED_E2E_HOST: 'static' },
    report: { path: playwrightStatic, tally: playwrightTally },
    browser: true,
    after: 'build',
  },
];

/** How much less of a busy core the other steps get than one that runs beside them (nice value). */
const LOWER_PRIORITY = 10;

/** Runs one step. Its output is shown as it comes, or when it has ended if it runs beside others. */
export async function run(step: TestStep, root: string, env: NodeJS.ProcessEnv): Promise<Tally> {
  const isAlone = !step.beside && !step.lane;
  const path = step.report && join(root, step.report.path);
  if (path) {
    mkdirSync(join(root, reports), { recursive: true });
    rmSync(path, { force: true });
  }
  const child = spawn(process.execPath, step.args, {
    cwd: root,
    env: {
      ...env,
      ...step.env,
      // Playwright colours its own way, and Node warns of a second one in every program of a test.
      ...(!process.stdout.isTTY && !step.browser && { NO_COLOR: '1' }),
    },
    stdio: isAlone ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  });
  endWithUs(child);
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
  if (!step.beside && child.pid !== undefined) setPriority(child.pid, LOWER_PRIORITY);
  const code = await new Promise<number>((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (exit) => resolve(exit ?? 1));
  });
  if (!isAlone) console.log(`\n${heading(step.name)}\n${output}`.trimEnd());
  if (!path || !step.report) return one(code);
  const report: Tally = existsSync(path)
    ? step.report.tally(JSON.parse(readFileSync(path, 'utf8')) as never)
    : { passed: 0, failed: 0, skipped: 0 };
  return withExit(report, code);
}

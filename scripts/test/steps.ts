/** The steps of `npm test`, in order. Each is a program of its own, so that none hides another. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { endWithUs } from '../progress.mjs';
import { one, playwrightTally, vitestTally, withExit, type Tally } from './tally.ts';

export interface TestStep {
  name: string;
  args: string[];
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
}

/** The line above a step's output. */
export const heading = (name: string): string =>
  `── ${name} ${'─'.repeat(Math.max(0, 72 - name.length))}`;

const bin = (path: string) => join('node_modules', path);
const caches = join('.retained', 'cache');
const reports = join('.retained', 'test');
const playwright = join(reports, 'playwright.json');
const vitest = join(reports, 'vitest.json');
const lessons = join(reports, 'lessons.json');

export const steps: TestStep[] = [
  { name: 'lock file', args: ['scripts/check-lock.mjs'] },
  {
    name: 'format',
    args: [
      bin('prettier/bin/prettier.cjs'),
      ...['--check', '--log-level=warn', '--cache', '--cache-strategy=content'],
      ...['--cache-location', join(caches, 'prettier'), '.'],
    ],
  },
  { name: 'lint', args: [bin('eslint/bin/eslint.js'), '--max-warnings=0', '.'] },
  { name: 'types', args: [bin('ts7/bin/tsc'), '-p', '.'] },
  // Before the unit tests: some of them look at the built vendor files.
  { name: 'build', args: ['scripts/build.ts'] },
  {
    name: 'types of pages',
    args: [bin('@astrojs/check/bin/astro-check.js'), '--minimumSeverity', 'warning'],
  },
  {
    name: 'unit',
    args: [
      bin('vitest/vitest.mjs'),
      'run',
      // One line a file: a log stays readable.
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
    report: { path: playwright, tally: playwrightTally },
    browser: true,
    after: 'build',
  },
];

/** How much less of a busy core the other steps get than one that runs beside them (nice value). */
const LOWER_PRIORITY = 10;

/** Runs one step. Its output is shown as it comes, or when it has ended if it runs beside others. */
export async function run(step: TestStep, root: string, env: NodeJS.ProcessEnv): Promise<Tally> {
  const path = step.report && join(root, step.report.path);
  if (path) {
    mkdirSync(join(root, reports), { recursive: true });
    rmSync(path, { force: true });
  }
  const child = spawn(process.execPath, step.args, {
    cwd: root,
    env: {
      ...env,
      PLAYWRIGHT_JSON_OUTPUT_NAME: playwright,
      // Playwright colours its own way, and Node warns of a second one in every program of a test.
      ...(!process.stdout.isTTY && !step.browser && { NO_COLOR: '1' }),
    },
    stdio: step.beside ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
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
  if (step.beside) console.log(`\n${heading(step.name)}\n${output}`);
  if (!path || !step.report) return one(code);
  const report: Tally = existsSync(path)
    ? step.report.tally(JSON.parse(readFileSync(path, 'utf8')) as never)
    : { passed: 0, failed: 0, skipped: 0 };
  return withExit(report, code);
}

/** The steps of `npm test`, in order. Each is a program of its own, so that none hides another. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { endWithUs } from '../progress.mjs';
import { one, playwrightTally, vitestTally, withExit, type Tally } from './tally.ts';

export interface Step {
  name: string;
  args: string[];
  /** A JSON report that the program writes, and how its tests are counted. */
  report?: { path: string; tally(report: never): Tally };
  /** Skipped without a browser. */
  browser?: true;
  /** Skipped when the step of this name failed. */
  after?: string;
}

const bin = (path: string) => join('node_modules', path);
const reports = join('.retained', 'test');
const playwright = join(reports, 'playwright.json');
const vitest = join(reports, 'vitest.json');
const lessons = join(reports, 'lessons.json');

export const steps: Step[] = [
  { name: 'lock file', args: ['scripts/check-lock.mjs'] },
  { name: 'format', args: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'] },
  { name: 'lint', args: [bin('eslint/bin/eslint.js'), '--max-warnings=-1', '.'] },
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
    args: ['scripts/check-lessons/main.ts', '--report', lessons],
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

/** Runs one step, its output shown as it comes. */
export async function run(step: Step, root: string, env: NodeJS.ProcessEnv): Promise<Tally> {
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
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  endWithUs(child);
  const code = await new Promise<number>((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (exit) => resolve(exit ?? 1));
  });
  if (!path || !step.report) return one(code);
  const report: Tally = existsSync(path)
    ? step.report.tally(JSON.parse(readFileSync(path, 'utf8')) as never)
    : { passed: 0, failed: 0, skipped: 0 };
  return withExit(report, code);
}

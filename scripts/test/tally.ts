/** Counting tests, over programs that each report in their own way. */
import { basename, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** Which ones failed, one line each: repeated at the very end, where a long log is looked at first. */
  failures?: string[];
  /** Which ones passed only when they were tried again, one line each. */
  retries?: string[];
}

/**
 * How many tests of a run may need a second try: one in 3,000, and never fewer than two. Two cores
 * that run two browsers can delay a test past its patience now and then; more than this is a fault
 * of the tests, and the run fails. A share, because each lesson brings about a thousand.
 */
export const retryBudget = ({ passed, failed }: Tally): number =>
  Math.max(2, Math.floor((passed + failed) / 3000));

/** Of a program without counts: it is one test. */
export const one = (code: number): Tally =>
  withExit({ passed: code === 0 ? 1 : 0, failed: 0, skipped: 0 }, code);

export function sum(tallies: Iterable<Tally>): Required<Tally> {
  const total: Required<Tally> = { passed: 0, failed: 0, skipped: 0, failures: [], retries: [] };
  for (const { passed, failed, skipped, failures = [], retries = [] } of tallies) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
    total.failures.push(...failures);
    total.retries.push(...retries);
  }
  return total;
}

/**
 * A step's tally, corrected by its exit status: one that failed without a failed test (a file that
 * does not load, a crash) counts as one failure.
 */
export const withExit = (tally: Tally, code: number): Tally =>
  code !== 0 && tally.failed === 0
    ? { ...tally, failed: 1, failures: [...(tally.failures ?? []), `ended with ${code}`] }
    : tally;

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

interface VitestReport {
  numPassedTests?: number;
  numFailedTests?: number;
  numPendingTests?: number;
  numTodoTests?: number;
  testResults?: {
    name: string;
    status?: string;
    message?: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] }[];
  }[];
}

/** Vitest's JSON report (`--reporter=json`). */
export function vitestTally(report: VitestReport): Tally {
  const failures: string[] = [];
  const retries: string[] = [];
  for (const { name: path, status, message, assertionResults } of report.testResults ?? []) {
    const name = relative(process.cwd(), path);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    for (const { fullName, failureMessages = [] } of failed) {
      failures.push(`${name} › ${fullName}: ${firstLine(failureMessages[0])}`);
    }
    // Vitest keeps the messages of the tries before the one that passed.
    for (const { fullName, status: how, failureMessages = [] } of assertionResults) {
      if (how !== 'passed' || failureMessages.length === 0) continue;
      retries.push(`${name} › ${fullName}: ${firstLine(failureMessages[0])}`);
    }
    // A file that did not load has no tests to fail.
    if (status === 'failed' && failed.length === 0) failures.push(`${name}: ${firstLine(message)}`);
  }
  return {
    passed: number(report.numPassedTests),
    failed: number(report.numFailedTests),
    skipped: number(report.numPendingTests) + number(report.numTodoTests),
    failures,
    retries,
  };
}

interface PlaywrightError {
  message?: string;
  location?: { file: string; line: number };
}

interface PlaywrightSuite {
  title: string;
  suites?: PlaywrightSuite[];
  specs?: {
    title: string;
    ok: boolean;
    tests?: { status?: string; results?: { errors?: PlaywrightError[] }[] }[];
  }[];
}

/** Playwright's JSON report. */
export function playwrightTally(report: {
  stats?: Record<string, unknown>;
  suites?: PlaywrightSuite[];
}): Tally {
  const { stats = {}, suites = [] } = report;
  return {
    // A flaky test passed when it was tried again; Playwright's own list names it.
    passed: number(stats['expected']) + number(stats['flaky']),
    failed: number(stats['unexpected']),
    skipped: number(stats['skipped']),
    failures: suites.flatMap((suite) => namesOf(suite, [], ({ ok }) => !ok)),
    retries: suites.flatMap((suite) => namesOf(suite, [], isFlaky)),
  };
}

type PlaywrightSpec = NonNullable<PlaywrightSuite['specs']>[number];
const isFlaky = ({ tests = [] }: PlaywrightSpec): boolean =>
  tests.some(({ status }) => status === 'flaky');

/** One line for each chosen test: its file and line, and its first error. */
function namesOf(
  { title, specs = [], suites = [] }: PlaywrightSuite,
  above: string[],
  chosen: (spec: PlaywrightSpec) => boolean,
): string[] {
  const path = [...above, title];
  const own = specs.filter(chosen).map(({ title: name, tests = [] }) => {
    const tries = tests.flatMap(({ results = [] }) => results);
    const errors = tries.find((one) => one.errors?.length)?.errors ?? [{}];
    return `${[...path, name].join(' › ')}: ${errors.map(described).join('; ')}`;
  });
  return [...own, ...suites.flatMap((suite) => namesOf(suite, path, chosen))];
}

/** With what it waited for, and the line of the test: a test that timed out names neither at first. */
function described({ message = 'no message', location }: PlaywrightError): string {
  const waited = /^ *- (waiting for .*)$/m.exec(stripVTControlCharacters(message))?.[1];
  const line = location && `${basename(location.file)}:${location.line}`;
  return [firstLine(message), waited, line].filter(Boolean).join(', ');
}

const firstLine = (text = 'no message'): string =>
  stripVTControlCharacters(text).split('\n', 1)[0]!;

export const lastLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

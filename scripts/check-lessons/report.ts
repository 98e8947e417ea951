/** The findings of the rules, counted like tests. */
import type { Tally } from '../test/tally.ts';

export interface Report {
  passed(): void;
  /** `where` begins with a path in `lessons/`; `what` says what was expected and what was seen. */
  failed(where: string, what: string): void;
  skipped(where: string, why: string): void;
  /** Failures of runs that did not count: named in the report. */
  retried(failures: readonly string[]): void;
  /** One expectation. */
  expect(holds: boolean, where: string, what: string): void;
  /** Something of the lesson ran with this program, such as `Mosquitto 2.0.11`. */
  ranWith(program: string): void;
  /** The number of checked things, for the totals. */
  count(thing: Countable, by?: number): void;
  /** All that was found elsewhere. */
  add(other: Findings): void;
}

export const countables = [
  'lessons',
  'exercises',
  'mistakes',
  'captures',
  'comparisons with Mosquitto',
  'code blocks',
  'links',
] as const;
export type Countable = (typeof countables)[number];

export class Findings implements Report {
  readonly failures: string[] = [];
  readonly skips: string[] = [];
  readonly retries: string[] = [];
  /** Programs and versions with which something ran. It is proved if nothing of the lesson failed. */
  readonly proved = new Set<string>();
  readonly counts = new Map<Countable, number>(countables.map((thing) => [thing, 0]));
  #passed = 0;

  passed(): void {
    this.#passed += 1;
  }
  failed(where: string, what: string): void {
    this.failures.push(`${where}: ${what}`);
  }
  skipped(where: string, why: string): void {
    this.skips.push(`${where}: ${why}`);
  }
  retried(failures: readonly string[]): void {
    this.retries.push(...failures);
  }
  expect(holds: boolean, where: string, what: string): void {
    if (holds) this.passed();
    else this.failed(where, what);
  }
  ranWith(program: string): void {
    this.proved.add(program);
  }
  count(thing: Countable, by = 1): void {
    this.counts.set(thing, this.counts.get(thing)! + by);
  }
  add(other: Findings): void {
    this.#passed += other.#passed;
    this.failures.push(...other.failures);
    this.skips.push(...other.skips);
    this.retries.push(...other.retries);
    for (const program of other.proved) this.proved.add(program);
    for (const [thing, count] of other.counts) this.count(thing, count);
  }
  get tally(): Tally {
    const { failures, skips, retries } = this;
    const [failed, skipped] = [failures.length, skips.length];
    return { passed: this.#passed, failed, skipped, failures, retries };
  }
}

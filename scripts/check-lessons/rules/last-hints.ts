/**
 * After a run that did not pass, a hint always speaks. Asked of every run, and of the runs' traces with
 * one thing left out of them: what a client sent or received of one kind, or all of it.
 */
import { evaluate } from '../../../sandbox/checks/evaluate.ts';
import { kindOf } from '../../../sandbox/mqtt/packet.ts';
import type { CheckResult, Exercise } from '../../../sandbox/protocol/exercise.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import type { Look } from './programs.ts';

export const lastHints: Look = ({ id, exercise }, folder, outcome, report) => {
  // In a terminal nothing is over before something was typed.
  const isUntouched = folder === 'starter' && exercise.devices.length === 0;
  if (!outcome.complete || isUntouched) return;
  const where = `${id}/${folder}`;
  const silent = silentChecks(outcome.results);
  report.expect(silent === undefined, where, `${silent} is not true at the end, and has no hint`);
  // One of each exercise is enough: it has everything that may be missing.
  if (folder !== 'solution') return;
  for (const [what, entries] of withoutOne(outcome.entries)) {
    const left = silentChecks(resultsOf(exercise, entries));
    report.expect(left === undefined, where, `without ${what} ${left} has no hint at the end`);
  }
};

/** The first check that is left without a hint, if none has one. */
function silentChecks(results: readonly CheckResult[]): string | undefined {
  const left = results.filter(({ state }) => state === 'not-yet');
  return left.some(({ hint }) => hint) ? undefined : left[0]?.id;
}

const resultsOf = (exercise: Exercise, entries: readonly TraceEntry[]) =>
  evaluate(exercise, { entries, state: { clients: [], retained: [] } });

/** The trace without each kind of packet of each client and direction, and without each client. */
function* withoutOne(entries: readonly TraceEntry[]): Iterable<[what: string, TraceEntry[]]> {
  const names = new Map<number, string>();
  for (const entry of entries) {
    if (entry.type === 'line-opened') names.set(entry.line, entry.name ?? entry.role);
  }
  const keysOf = (entry: TraceEntry): string[] => {
    if (!('line' in entry) || entry.line === undefined) return [];
    const name = names.get(entry.line) ?? '?';
    if (entry.type !== 'packet') return [name];
    return [name, `${name} ${entry.direction} ${kindOf(entry.bytes[0] ?? 0) ?? '?'}`];
  };
  for (const key of new Set(entries.flatMap(keysOf))) {
    yield [key, entries.filter((entry) => !keysOf(entry).includes(key))];
  }
}

/**
 * What passes an exercise is what went over the wire: without the words that were typed in the terminal,
 * and the errors that ended programs, every check has the same state.
 */
import { evaluate } from '../../../sandbox/checks/evaluate.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import type { Look } from './programs.ts';

const withoutWords = (entry: TraceEntry): TraceEntry => {
  if (entry.type !== 'device') return entry;
  const { typed: _typed, error: _error, ...rest } = entry;
  return rest;
};

export const typedWords: Look = ({ id, exercise }, folder, { entries }, report) => {
  if (!entries.some((entry) => entry.type === 'device' && (entry.typed || entry.error))) return;
  const statesOf = (trace: readonly TraceEntry[]) =>
    evaluate(exercise, { entries: trace, state: { clients: [], retained: [] } }).map(
      (result) => `${result.id} ${result.state}`,
    );
  const [now, without] = [statesOf(entries), statesOf(entries.map(withoutWords))];
  const other = now.filter((one, at) => one !== without[at]);
  report.expect(
    other.length === 0,
    `${id}/${folder}`,
    `asks for what was typed, or for an error, and not only in its hints: ${other.join(', ')}`,
  );
};

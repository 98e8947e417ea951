import type { WatchMessage } from '../../../sandbox/protocol/api.ts';
import type { CheckResult, FileProblem } from '../../../sandbox/protocol/exercise.ts';

const types = new Set([
  'welcome',
  'reset',
  'missing',
  'checks',
  'files',
  'state',
  'done',
  'failed',
  'closing',
]);

/** A text frame of the watch stream, or undefined where it is none that this page knows. */
export function watchMessageOf(text: string): WatchMessage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || !types.has(value.type as string)) return undefined;
  if (value.type === 'checks') {
    if (!Array.isArray(value.results) || !value.results.every(isCheckResult)) return undefined;
  }
  if (value.type === 'files') {
    if (!Array.isArray(value.problems) || !value.problems.every(isFileProblem)) return undefined;
    if (typeof value.started !== 'boolean') return undefined;
  }
  if ('run' in value && typeof value.run !== 'number') return undefined;
  if ('id' in value && typeof value.id !== 'number') return undefined;
  return value as unknown as WatchMessage;
}

function isCheckResult(value: unknown): value is CheckResult {
  if (!isRecord(value) || typeof value.id !== 'string') return false;
  if (value.state !== 'true' && value.state !== 'not-yet') return false;
  const hint = value.hint;
  return (
    hint === undefined || (isRecord(hint) && typeof hint.id === 'string' && isRecord(hint.values))
  );
}

function isFileProblem(value: unknown): value is FileProblem {
  if (!isRecord(value) || typeof value.file !== 'string' || typeof value.text !== 'string') {
    return false;
  }
  if (value.severity !== 'error' && value.severity !== 'warning') return false;
  return Number.isInteger(value.line) && Number(value.line) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

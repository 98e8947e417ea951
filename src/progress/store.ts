/** The learner's progress in the browser's store; if that is blocked, in memory. */
import { nothing, renamed, type Progress } from '../../sandbox/protocol/progress.ts';
import { readProgress } from '../../sandbox/protocol/read-progress.ts';

const key = 'retained:progress';
let unkept: Progress | undefined;

/** Former ids of lessons and exercises → present ids; the page contains them, if there are any. */
export function formerIds(): Record<string, string> {
  const pairs = (document.documentElement.dataset['renamed'] ?? '').split(' ').filter(Boolean);
  return Object.fromEntries(pairs.map((pair) => pair.split(':') as [string, string]));
}

export function loadProgress(): Progress {
  if (unkept) return unkept;
  try {
    return renamed(readProgress(localStorage.getItem(key) ?? '') ?? nothing(), formerIds());
  } catch {
    return nothing();
  }
}

/** Reads a file, with present lesson ids; undefined if it is not progress. */
export function ofFile(text: string): Progress | undefined {
  const read = readProgress(text);
  return read && renamed(read, formerIds());
}

/** Reads, changes, writes, and notifies the page. If two tabs write at the same moment, the later wins. */
export function update(change: (progress: Progress) => Progress | void): void {
  const progress = loadProgress();
  const changed = change(progress) ?? progress;
  const text = JSON.stringify(changed);
  // Progress that cannot be read again would replace everything before it.
  if (!readProgress(text)) return;
  try {
    localStorage.setItem(key, text);
    unkept = undefined;
  } catch {
    unkept = changed;
  }
  document.dispatchEvent(new Event('retained:progress'));
}

export const forget = (): void => update(nothing);

/** Calls `show` now and after each change of the progress, here or in another tab. */
export function onProgress(show: (progress: Progress) => void): void {
  const again = () => show(loadProgress());
  document.addEventListener('retained:progress', again);
  window.addEventListener('storage', (event) => event.key === key && again());
  // Back by the browser's own cache of pages: another page may have changed it meanwhile.
  window.addEventListener('pageshow', (event) => event.persisted && again());
  again();
}

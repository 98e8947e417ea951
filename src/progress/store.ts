/** The learner's progress in the browser's store; where that is blocked, it lasts as long as the page. */
import { nothing, renamed, type Progress } from './progress.ts';
import { readProgress } from './read-progress.ts';

const key = 'retained:progress';
let unkept: Progress | undefined;

/** Former ids of lessons → their ids of now; the page brings them, where there are any. */
function formerIds(): Record<string, string> {
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

/** Of a file, under the ids of now; undefined where it is none. */
export function ofFile(text: string): Progress | undefined {
  const read = readProgress(text);
  return read && renamed(read, formerIds());
}

/** Reads, changes, writes, and tells the page. Two tabs that write in the same moment: the later wins. */
export function update(change: (progress: Progress) => Progress | void): void {
  const progress = loadProgress();
  const changed = change(progress) ?? progress;
  const text = JSON.stringify(changed);
  // What could not be read again would be the end of all that was done before.
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

/** Calls back now, and whenever the progress changes, here or in another tab. */
export function onProgress(show: (progress: Progress) => void): void {
  const again = () => show(loadProgress());
  document.addEventListener('retained:progress', again);
  window.addEventListener('storage', (event) => event.key === key && again());
  // Back by the browser's own cache of pages: another page may have changed it meanwhile.
  window.addEventListener('pageshow', (event) => event.persisted && again());
  again();
}

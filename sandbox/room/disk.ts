/** The disk of the broker's machine: what its broker saved there outlives its process. */
import type { SavedState } from '../engine/saved-state.ts';
import { isWritable, isDirectory } from '../mosquitto/conf/machine.ts';
import type { Facts } from '../mosquitto/conf/changes.ts';
import type { LogLine } from '../mosquitto/conf/problem.ts';

/** Each may be as large as all that a broker keeps. */
const mostFiles = 2;

export class Disk {
  readonly #files = new Map<string, SavedState>();

  read(path: string): SavedState | undefined {
    return this.#files.get(pathOnDisk(path));
  }

  /** Returns what the broker logs of it, and whether it was written. */
  write(path: string, state: SavedState, facts: Facts): { log: LogLine[]; done: boolean } {
    const log: LogLine[] = [
      { level: 'information', text: `Saving in-memory database to ${path}.` },
    ];
    const full = pathOnDisk(path);
    const next = `${full}.new`;
    const isFull = this.#files.size >= mostFiles && !this.#files.has(full);
    if (isWritable(next) && !isFull) {
      this.#files.set(full, state);
      return { log, done: true };
    }
    const folder = next.slice(0, next.lastIndexOf('/')) || '/';
    const denied = isDirectory(folder) ? 'Permission denied' : 'No such file or directory';
    const why = isFull ? 'No space left on device' : denied;
    return { log: [...log, ...facts.unsaved(`${path}.new`, why)], done: false };
  }
}

/** systemd starts the broker in the root directory. */
function pathOnDisk(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

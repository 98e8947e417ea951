import { readFileSync } from 'node:fs';

/**
 * Microseconds that a process's main thread waited for a core; 0 if the system doesn't report it.
 */
export function waitedOf(pid: number | 'self'): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1000;
  } catch {
    return 0;
  }
}

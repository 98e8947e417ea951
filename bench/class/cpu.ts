import { readFileSync } from 'node:fs';

/** Ticks a second that Linux counts in (`getconf CLK_TCK`), on every usual machine. */
const TICKS = 100;

/** Seconds of a core that a process has used, all its threads. Linux only. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // Behind the name, which may hold spaces: proc(5), fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

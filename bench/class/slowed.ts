/** A process that gets only a share of one core, as on a slower machine: by Linux's control groups. */
import { mkdirSync, rmdirSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

/** Short, so that the share is given often: a long period would stop the process for most of it. */
const PERIOD_US = 4_000;
const ROOT = '/sys/fs/cgroup';

/**
 * @param times how many times slower than one core of this machine
 * @returns gives the group back, once its process has ended; or why there is none
 */
export function slowDown(pid: number, times: number): (() => void) | string {
  // Version 1 has a tree for each controller.
  const isOld = existsSync(join(ROOT, 'cpu'));
  const group = join(ROOT, isOld ? 'cpu' : '', `retained-bench-${pid}`);
  const quota = Math.round(PERIOD_US / times);
  try {
    mkdirSync(group);
    if (isOld) {
      writeFileSync(join(group, 'cpu.cfs_period_us'), String(PERIOD_US));
      writeFileSync(join(group, 'cpu.cfs_quota_us'), String(quota));
    } else writeFileSync(join(group, 'cpu.max'), `${quota} ${PERIOD_US}`);
    writeFileSync(join(group, 'cgroup.procs'), String(pid));
  } catch (error) {
    return `a control group of processes can't be made here: ${(error as Error).message}`;
  }
  return () => {
    try {
      rmdirSync(group);
    } catch {
      // The system ends with it, too.
    }
  };
}

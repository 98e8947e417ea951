/** Small disks for tests: full ones, and ones that can only be read. Root may make them, if its container allows it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const mounts: string[] = [];

/** @param options of tmpfs: `size=64k`. @returns whether it is mounted */
export function mountDisk(folder: string, ...options: string[]): boolean {
  mkdirSync(folder, { recursive: true });
  const args = ['-t', 'tmpfs', '-o', options.join(), 'retained-test', folder];
  const { status } = spawnSync('mount', args);
  if (status === 0) mounts.push(folder);
  return status === 0;
}

/** @throws Error */
export function remount(folder: string, option: string): void {
  const { status, stderr } = spawnSync('mount', ['-o', `remount,${option}`, folder], { encoding: 'utf8' }); // prettier-ignore
  if (status !== 0) throw new Error(stderr);
}

export function unmountAll(): void {
  for (const folder of mounts.splice(0)) spawnSync('umount', ['-l', folder]);
}

export const mayMount = ((): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'retained-mount-'));
  const may = mountDisk(folder, 'size=64k');
  unmountAll();
  rmSync(folder, { recursive: true, force: true });
  return may;
})();

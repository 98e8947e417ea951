/** A lock between processes: a file that only one of them can create. */
import { open, rm, stat } from 'node:fs/promises';

/** A lock of this age was left by a process that died. Milliseconds. */
const staleMs = 10_000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether the lock file was created; false if it exists. */
async function made(file: string): Promise<boolean> {
  try {
    await (await open(file, 'wx')).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isStale(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  return found !== null && Date.now() - found.mtimeMs > staleMs;
}

/**
 * Runs `action` while no other process holds the same lock. Rejects as the file system or
 * `action` does.
 */
export async function alone<T>(file: string, action: () => Promise<T>): Promise<T> {
  while (!(await made(file))) {
    if (await isStale(file)) await rm(file, { force: true });
    else await wait(20);
  }
  try {
    return await action();
  } finally {
    await rm(file, { force: true });
  }
}

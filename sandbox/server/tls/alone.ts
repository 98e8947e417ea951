/** One process at a time, by a file that only one can make. */
import { open, rm, stat } from 'node:fs/promises';

/** Far longer than what is done under it takes: who made the file has died. */
const staleMs = 10_000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether the file was made; false if another has it. */
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
 * Does it while no other process does something under the same file. Rejects as the file system or
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

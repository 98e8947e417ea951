/**
 * Whether the course of this folder runs already: who clicks twice a second time wants its page, not a
 * second server. The one that runs says so in a file of the person's data.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Running {
  /** The folder that it was started from. */
  folder: string;
  pid: number;
  /** Its first page. */
  url: string;
}

const fileIn = (data: string) => join(data, 'running.json');
/** The first page has it (`src/pages/index.astro`). */
const OURS = /<title>Retained /;
const PATIENCE_MS = 3_000;

/** @returns how to take it back; a folder that can't be written has no such file */
export function sayRunning(data: string, running: Running): () => void {
  try {
    writeFileSync(fileIn(data), JSON.stringify(running));
  } catch {
    return () => {};
  }
  return () => {
    if (read(data)?.pid === running.pid) rmSync(fileIn(data), { force: true });
  };
}

/** The URL of the course that runs from `folder`: its process is there, and its page is ours. */
export async function runningUrl(data: string, folder: string): Promise<string | undefined> {
  const found = read(data);
  if (found?.folder !== folder || !isAlive(found.pid)) return undefined;
  try {
    const response = await fetch(found.url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return OURS.test(await response.text()) ? found.url : undefined;
  } catch {
    return undefined;
  }
}

function read(data: string): Running | undefined {
  try {
    const { folder, pid, url } = JSON.parse(readFileSync(fileIn(data), 'utf8')) as Running;
    const isOurs = typeof folder === 'string' && Number.isInteger(pid) && pid > 0;
    return isOurs && /^https?:\/\/localhost:\d+\//.test(url) ? { folder, pid, url } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's: there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** What the page and the frame of its programs hold, from the operating system. */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright';

/** Proportional memory of a process in bytes, from Linux; 0 if it has ended. */
function memoryOf(pid: number): number {
  try {
    const [, pss] =
      /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
    return Number(pss ?? 0) * 1024;
  } catch {
    return 0;
  }
}

export interface MemoryWatch {
  /** Bytes of all renderers together, at most. */
  most: number;
  stop(): void;
}

/** Adds up all renderers of the browser, every 100 ms: the page's and its frame's. */
export async function watchMemory(browser: Browser): Promise<MemoryWatch> {
  const session = await browser.newBrowserCDPSession();
  const watch = { most: 0, stop: () => clearTimeout(timer) };
  let timer: NodeJS.Timeout;
  const look = async (): Promise<void> => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const renderers = processInfo.filter(({ type }) => type === 'renderer');
    const all = renderers.reduce((sum, { id }) => sum + memoryOf(id), 0);
    watch.most = Math.max(watch.most, all);
    timer = setTimeout(() => void look().catch(() => {}), 100);
  };
  await look();
  return watch;
}

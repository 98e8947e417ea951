/** One page loaded on a weak phone with a slow network, measured. */
import type { Browser } from 'playwright';

/** Milliseconds. */
export interface Load {
  lcp: number;
  /** The part of each task after the first paint that exceeds 50 ms. */
  tbt: number;
}

/** Lighthouse's slow 4G: 150 ms there and back, 1.6 Mbit/s down, 750 kbit/s up. */
const SLOW_4G = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
};
const CPU_SLOW_DOWN = 4;

function observe(): void {
  const seen = { lcp: NaN, tasks: [] as { start: number; duration: number }[] };
  Object.assign(globalThis, { seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.lcp = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      seen.tasks.push({ start: startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
}

export async function load(browser: Browser, url: string): Promise<Load> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  await page.addInitScript(observe);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', SLOW_4G);
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOW_DOWN });
  await page.goto(url, { waitUntil: 'networkidle' });
  const { lcp, tasks, fcp } = await page.evaluate(() => ({
    ...(globalThis as unknown as { seen: ReturnType<typeof JSON.parse> }).seen,
    fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
  }));
  await context.close();
  const blocking = (tasks as { start: number; duration: number }[])
    .filter(({ start }) => start >= fcp)
    .reduce((sum, { duration }) => sum + duration - 50, 0);
  return { lcp, tbt: blocking };
}

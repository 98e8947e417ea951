/** Measures a page while its room is busy: frames, work on its main thread, memory. */
import type { BrowserContext, CDPSession, Page } from 'playwright';

export interface Figures {
  seconds: number;
  /** Frames a second: over all, and in the second with the fewest. */
  frames: number;
  worstSecond: number;
  /** The longest time between two frames, in milliseconds. */
  longestFrame: number;
  /** Share of the time that the page's main thread worked, by the processor's clock. */
  work: number;
  /** Bytes of JavaScript objects after a collection. */
  heap: number;
}
interface FrameTimes {
  times: number[];
  stop: boolean;
}
declare global {
  interface Window {
    frameTimes?: FrameTimes;
  }
}

/** While `load` goes on. */
export async function measure(page: Page, load: () => Promise<unknown>): Promise<Figures> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await metrics(session);
  await page.evaluate(() => {
    const frames = (window.frameTimes = { times: [] as number[], stop: false });
    const next = (now: number): void => {
      frames.times.push(now);
      if (!frames.stop) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  const began = performance.now();
  await load();
  const seconds = (performance.now() - began) / 1000;
  const times = await page.evaluate(() => {
    window.frameTimes!.stop = true;
    return window.frameTimes!.times;
  });
  const after = await metrics(session);
  await session.send('HeapProfiler.collectGarbage');
  const heap = (await metrics(session)).JSHeapUsedSize!;
  await session.detach();
  return { ...framesOf(times), seconds, work: (after.TaskDuration! - before.TaskDuration!) / seconds, heap };
} // prettier-ignore

/**
 * How fast this machine's processor is just now, in a page's work: the processor's milliseconds of the main
 * thread for a fixed piece of it (rows made, laid out, and text read back), in an empty page, which no
 * style of the course makes slower. The best of five.
 */
export async function pieceOfWork(context: BrowserContext): Promise<number> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const pieces: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    const before = await metrics(session);
    await page.evaluate(layOutRows);
    const after = await metrics(session);
    pieces.push((after.TaskDuration! - before.TaskDuration!) * 1000);
  }
  await page.close();
  return Math.min(...pieces);
}

function layOutRows(): number {
  const list = document.createElement('ol');
  list.style.contain = 'strict';
  document.body.append(list);
  let height = 0;
  for (let n = 0; n < 1_000; n += 1) {
    const row = document.createElement('li');
    row.textContent = JSON.stringify({ n, topic: `load/${n % 7}/value`, celsius: n / 10 });
    list.append(row);
    height += row.offsetHeight;
  }
  list.remove();
  return height;
}

async function metrics(session: CDPSession): Promise<Record<string, number>> {
  const { metrics: list } = await session.send('Performance.getMetrics');
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
}

function framesOf(times: number[]): Pick<Figures, 'frames' | 'worstSecond' | 'longestFrame'> {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const seconds = new Map<number, number>();
  let longestFrame = 0;
  for (let i = 1; i < times.length; i += 1) {
    const second = Math.floor((times[i]! - first) / 1000);
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
    longestFrame = Math.max(longestFrame, times[i]! - times[i - 1]!);
  }
  // The last one is not whole.
  const whole = [...seconds].filter(([second]) => second < Math.floor((last - first) / 1000));
  return {
    frames: ((times.length - 1) / (last - first)) * 1000,
    worstSecond: Math.min(...whole.map(([, count]) => count)),
    longestFrame,
  };
}

/** One visit of the lesson in a browser, measured. */
import type { BrowserContext, CDPSession, Page } from 'playwright';
import { probe, type Marks } from './page-probe.ts';

/** Bytes on the wire, by kind. */
export type Bytes = Record<string, number>;

export interface Visit {
  /** Navigation to the first text on the screen, in milliseconds. */
  readable: number;
  /** Navigation to an editor that shows the program. */
  editor: number;
  runs: Required<Omit<Marks, 'editor'>>[];
  /** Until the reading page was loaded, without anything of the exercise. */
  bytes: Bytes;
}

const PATIENCE_MS = 60_000;

/** Counts what arrives, by Chromium's own count; headers are counted separately. */
async function countBytes(page: Page): Promise<{ bytes: Bytes; session: CDPSession }> {
  const session = await page.context().newCDPSession(page);
  const known = new Map<string, { kind: string; head: number }>();
  const bytes: Bytes = {};
  await session.send('Network.enable');
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    const kind = /javascript/.test(response.mimeType) ? 'Script' : type;
    known.set(requestId, { kind, head: response.encodedDataLength });
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const { kind, head } = known.get(requestId) ?? { kind: 'Other', head: 0 };
    bytes[kind] = (bytes[kind] ?? 0) + Math.max(0, encodedDataLength - head);
    bytes['Headers'] = (bytes['Headers'] ?? 0) + Math.min(head, encodedDataLength);
  });
  return { bytes, session };
}

/** The lesson before there is a sign of a reader: in a context that has no draft. */
export async function readingBytes(context: BrowserContext, url: string): Promise<Bytes> {
  const page = await context.newPage();
  const { bytes } = await countBytes(page);
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.close();
  return bytes;
}

/** Slows the page's main thread; its workers keep their speed. */
export async function slowDown(page: Page, times: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: times });
}

/**
 * Opens the lesson, waits for the editor, and runs the program that the store holds.
 * @param slow how many times slower the page's main thread is
 */
export async function visit(
  context: BrowserContext,
  url: string,
  runs: number,
  slow = 1,
): Promise<Visit> {
  const page = await context.newPage();
  await page.addInitScript(probe);
  const { bytes } = await countBytes(page);
  if (slow > 1) await slowDown(page, slow);
  await page.goto(url);
  await page.locator('mqtt-workbench').scrollIntoViewIfNeeded();
  // A reader is active: without a sign of a reader there is no workbench.
  await page.mouse.move(8, 8);
  await page.waitForFunction(() => window.benchMarks.editor !== undefined, null, {
    timeout: PATIENCE_MS,
  });
  const readable = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
  );
  // The probe looks for rows of packets: their tab comes to the front.
  for (const tab of await page.getByRole('tab', { name: 'Packets', exact: true }).all())
    await tab.click();
  const done: Visit['runs'] = [];
  for (let run = 0; run < runs; run++) {
    await page.locator('.wb-run').click();
    const marks = await page.waitForFunction(
      () => {
        const { packet, message, green } = window.benchMarks;
        const all = packet !== undefined && message !== undefined && green !== undefined;
        return all && { packet, message, green };
      },
      null,
      { timeout: PATIENCE_MS },
    );
    done.push((await marks.jsonValue()) as Visit['runs'][number]);
  }
  const { editor } = await page.evaluate(() => window.benchMarks);
  await page.close();
  return { readable, editor: editor!, runs: done, bytes };
}

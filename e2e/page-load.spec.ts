/** A busy room in the page: the short form of `npm run bench:workbench`, which prints the figures. */
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { busyCourse, send, type BusyCourse } from '../bench/page-load/busy-room.ts';
import { busyPage } from '../bench/page-load/busy-page.ts';
import { measure, pieceOfWork } from '../bench/page-load/measure.ts';
import { root } from '../scripts/build.ts';
import { panelWords as words } from './panel-run.ts';

const test = base.extend<object, { course: BusyCourse }>({
  course: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from here
    async ({}, use) => {
      const course = await busyCourse(process.env['RETAINED_E2E_SITE'] ?? join(root, 'dist'));
      await use(course);
      await course.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ course }, use) => use(course.origin),
});
test.setTimeout(120_000);

const megabytes = 1024 * 1024;

test('200 messages a second, panels open: a frame is little work, in little memory', async ({ page, course }) => {
  const { room, front } = await busyPage(page, course);
  for (const name of ['stage', 'wire', 'packets'] as const) {
    await front(name);
    const piece = await pieceOfWork(page.context());
    const { work, heap, frames } = await measure(page, () => send(room, 200, 4));
    const frame = (work * 1000) / frames;
    test.info().annotations.push({ type: name, description: `${frames.toFixed(1)} frames/s, ${(work * 100).toFixed(0)} % work, a frame ${frame.toFixed(1)} ms, the piece ${piece.toFixed(0)} ms` });
    // By the processor's clock and beside a piece of work of a known size: a slow machine, and other tests
    // that run on it, make both slower. Measured: 0.02 to 0.09.
    expect(frame / piece).toBeLessThan(0.15);
    expect(heap).toBeLessThan(150 * megabytes);
  }
}); // prettier-ignore

test('2,000 messages a second: the page answers, and every message is counted or said to be missing', async ({ page, course }) => {
  const { room, front } = await busyPage(page, course);
  const panel = await front('topics');
  const sending = send(room, 2_000, 5);
  // Not frozen: a key is answered while it rains.
  const input = panel.getByLabel(words['panels.topics.try']!);
  await input.fill('load/+/value');
  await expect(panel.getByRole('status')).toHaveText(/^matches \d+ of \d+ topics$/);
  const sent = await sending;
  expect(sent).toBe(10_000);
  const packets = await front('packets');
  const last = packets.getByRole('option').last();
  await expect.poll(async () => Number(await last.getAttribute('aria-posinset'))).toBeGreaterThan(1_000);
  // Rows and what is left out: every entry of the room but the openings of lines, which are no rows.
  const opened = 2;
  const all = async () => {
    const rows = Number(await last.getAttribute('aria-setsize'));
    const text = (await packets.locator('.wb-left-out').first().textContent()) ?? '';
    return rows + Number(/\d+/.exec(text)?.[0] ?? 0);
  };
  await expect.poll(async () => Math.abs(room.trace.last - (await all()))).toBeLessThanOrEqual(opened);
}); // prettier-ignore

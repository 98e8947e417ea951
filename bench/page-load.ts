/**
 * `npm run bench:workbench [-- --seconds <n>] [--pages <folder>]`: the workbench in real Chromium
 * while its room sends 200 messages a second for a minute, each panel in front for its share, and
 * then 2,000 a second. Frames, work and memory of the page.
 */
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { launchOptions } from '../e2e/browser.ts';
import { build, root } from '../scripts/build.ts';
import { busyCourse, send } from './page-load/busy-room.ts';
import { busyPage, loadPanels } from './page-load/busy-page.ts';
import { measure, type Figures } from './page-load/measure.ts';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, pages: { type: 'string' } },
});
const seconds = Math.max(6, Number(values.seconds) || 60);
const share = seconds / loadPanels.length;

if (!values.pages) await build();
const course = await busyCourse(values.pages ?? join(root, 'dist'));
const browser = await chromium.launch(launchOptions());
try {
  const [cpu] = cpus();
  console.log(`\n${cpus().length} × ${cpu?.model.trim()}, Chromium ${browser.version()}, loopback`);
  for (const [rate, each] of [
    [200, share],
    [2_000, Math.min(share, 5)],
  ] as const) {
    // prettier-ignore
    const context = await browser.newContext({
      baseURL: course.origin,
      viewport: { width: 1440, height: 900 },
    });
    const { room, front } = await busyPage(await context.newPage(), course);
    const [page] = context.pages();
    console.log(`\n${rate} messages a second; ${each.toFixed(0)} s with each panel in front\n`);
    console.log('in front    frames/s  worst second  longest frame  work  heap');
    for (const name of loadPanels) {
      await front(name);
      print(name, await measure(page!, () => send(room, rate, each)));
    }
    await context.close();
  }
} finally {
  await browser.close();
  await course.stop();
}

function print(name: string, { frames, worstSecond, longestFrame, work, heap }: Figures): void {
  const cells = [
    frames.toFixed(1).padStart(8),
    String(worstSecond).padStart(12),
    `${longestFrame.toFixed(0)} ms`.padStart(13),
    `${(work * 100).toFixed(0)} %`.padStart(4),
    `${(heap / 1024 / 1024).toFixed(1)} MB`,
  ];
  console.log(name.padEnd(10), cells.join('  '));
}

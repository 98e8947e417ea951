/**
 * `node scripts/panel-pictures.ts [--pages <folder>] [panel …]`: a picture of each panel in both
 * themes, from the real course, for the documents: docs/images/panel-<name>-<theme>.png.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, expect, type Browser } from '@playwright/test';
import { launchOptions } from '../e2e/browser.ts';
import { LessonPage } from '../e2e/lesson-page.ts';
import { openPanel, roomOf, RoomWatch } from '../e2e/panel-page.ts';
import { startCourse } from '../e2e/server.ts';
import type { PanelName } from '../sandbox/protocol/exercise.ts';
import { panels } from '../src/workbench/panels/registry.ts';
import { build, root } from './build.ts';

/** One run that has something to show in every panel: all three levels of QoS, a lost PUBACK. */
const program = `import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'sensor-1',
  clean: false,
  reconnectPeriod: 100,
  will: { topic: 'home/sensor/state', payload: 'gone', retain: true },
});
await client.publishAsync('hello/mqtt', 'Hello, MQTT!');
await client.publishAsync('home/kitchen/temperature', '21.5', { qos: 1, retain: true });
await client.publishAsync('home/kitchen/light', 'on', { qos: 2 });
`;
/** Taller than a screen: a picture of a panel shows a whole exchange. */
const sizes = [
  { width: 1440, height: 1400, name: '' },
  { width: 390, height: 844, name: '-phone' },
];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { pages: { type: 'string' }, out: { type: 'string' } },
});
const folder = values.out ?? join(root, 'docs', 'images');
const wanted = (
  positionals.length > 0 ? positionals : ['output', ...Object.keys(panels)]
) as PanelName[];

/** The panels of one finished run, one after the other. */
async function take(
  browser: Browser,
  origin: string,
  colorScheme: 'light' | 'dark',
  { width, height, name: suffix }: (typeof sizes)[number],
): Promise<void> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width, height },
    deviceScaleFactor: 2,
    colorScheme,
    reducedMotion: 'reduce',
  });
  const lesson = new LessonPage(await context.newPage());
  await lesson.open();
  await lesson.write(program);
  await lesson.ownComputer();
  // Closed again: the panels get its place.
  await lesson.workbench.getByText(lesson.words['workbench.own']!, { exact: true }).click();
  const room = new RoomWatch(origin, await roomOf(lesson.page));
  await room.next(({ type }) => type === 'welcome');
  // Each run begins with a fresh room: the fault is armed while the program still starts.
  const reset = room
    .next(({ type }) => type === 'reset')
    .then(() =>
      room.arm([
        {
          client: 'publisher',
          direction: 'to-client',
          kind: 'PUBACK',
          action: { do: 'drop-and-cut' },
        },
      ]),
    );
  await lesson.run();
  await reset;
  await openPanel(lesson, 'packets');
  await expect(
    lesson.packets.getByRole('option').filter({ hasText: 'PUBCOMP' }).first(),
  ).toBeAttached();
  for (const name of wanted) {
    // In a wide window the output stands above the tabs.
    const isTab = name !== 'output' || suffix !== '';
    const panel = isTab ? await openPanel(lesson, name) : lesson.workbench.locator('.wb-outcome');
    await lesson.page.evaluate(() => document.fonts.ready);
    const file = `panel-${name}${suffix}-${colorScheme}.png`;
    await panel.screenshot({ path: join(folder, file) });
    console.log(file);
  }
  room.close();
  await context.close();
}

if (!values.pages) await build();
mkdirSync(folder, { recursive: true });
const course = await startCourse(...(values.pages ? ['--pages', values.pages] : []));
const browser = await chromium.launch(launchOptions());
try {
  for (const size of sizes)
    for (const theme of ['light', 'dark'] as const) await take(browser, course.origin, theme, size);
} finally {
  await browser.close();
  await course.end();
}

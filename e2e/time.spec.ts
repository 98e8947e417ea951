/** The time line in a real browser: all views show one moment of a real run. */
import { readFileSync } from 'node:fs';
import { violations } from './axe.ts';
import { expect, test } from './course.ts';
import { openPanel } from './panel-page.ts';
import { WorkbenchPage } from './workbench-page.ts';

const words = JSON.parse(
  readFileSync(new URL('../src/i18n/en/time.json', import.meta.url), 'utf8'),
) as Record<string, string>;

/** CONNECT, PUBLISH with RETAIN, DISCONNECT. */
const program = `import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', { clientId: 'sensor-1' });
console.log('connected');
await client.publishAsync('kept/here', 'on', { qos: 1, retain: true });
console.log('published');
await client.endAsync();
`;

test('stage, broker, packets and output go back to one moment, step on, and are live again', async ({ page }) => {
  const lesson = new WorkbenchPage(page);
  await lesson.open();
  const stage = await openPanel(lesson, 'stage');
  await lesson.write(program);
  await lesson.run();
  await lesson.expectState('finished');
  const bar = lesson.workbench.getByRole('group', { name: words['time.label']!, exact: true });
  const slider = bar.getByRole('slider', { name: words['time.slider']! });
  const publisher = stage.locator('[data-client="publisher"]');
  await expect(publisher).toHaveAttribute('data-status', 'gone');
  await expect(slider).toHaveAttribute('aria-valuetext', words['time.now']!);
  expect((await bar.boundingBox())!.height).toBeLessThanOrEqual(36);

  // To the beginning, and on until the program is accepted: two packets after its own CONNECT.
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', words['time.start']!);
  await expect(publisher).toHaveAttribute('data-status', 'off');
  const reach = async (text: RegExp) => {
    for (let i = 0; i < 40; i += 1) {
      if (text.test((await slider.getAttribute('aria-valuetext')) ?? '')) return;
      await page.keyboard.press('.');
      await page.keyboard.press('ArrowRight');
    }
    throw new Error(`no moment is called ${text}`);
  };
  await reach(/^packet \d+ of \d+, [\d.]+ s, CONNACK to publisher$/);
  await expect(publisher).toHaveAttribute('data-status', 'connected');
  // What is done to a cable is done now: not in a picture of the past.
  await expect(publisher.locator('.wb-stage-plug')).toHaveCount(0);
  await expect(stage.locator('[data-topic="kept/here"]')).toHaveCount(0);
  await expect(lesson.output).toContainText('connected');
  await expect(lesson.output).not.toContainText('published');

  const broker = await openPanel(lesson, 'broker');
  await expect(broker).toContainText('sensor-1');
  await expect(broker).not.toContainText('kept/here');
  await expect(broker.getByRole('button', { name: /Disconnect/ })).toBeHidden();
  await slider.focus();
  await reach(/PUBACK to publisher$/);
  await expect(broker).toContainText('kept/here');
  await openPanel(lesson, 'packets');
  const last = lesson.packets.getByRole('option').last();
  await expect(last).toContainText('PUBACK');
  // Beside the stage and the wire the line is there only while the past is shown.
  await bar.getByRole('button', { name: words['time.live']!, exact: true }).click();
  await expect(bar).toBeHidden();
  await expect(last).not.toContainText('PUBACK');
  await expect(lesson.output).toContainText('published');
}); // prettier-ignore

test('a replay shows the wire once more, and another run is live; axe finds nothing', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const lesson = new WorkbenchPage(page);
  await lesson.open();
  const wire = await openPanel(lesson, 'wire');
  await lesson.write(program);
  await lesson.run();
  await lesson.expectState('finished');
  const bar = lesson.workbench.getByRole('group', { name: words['time.label']!, exact: true });
  const button = (key: string) => bar.getByRole('button', { name: words[`time.${key}`]!, exact: true });
  const rows = wire.getByRole('option');
  const all = await rows.count();
  await button('pause').click();
  await button('play').click();
  await expect(bar).toHaveAttribute('data-mode', 'playing');
  await button('pause').click();
  await expect(bar).toHaveAttribute('data-mode', 'paused');
  expect(await violations(page, '.wb-time')).toEqual([]);
  await bar.getByRole('combobox', { name: words['time.speed']! }).selectOption({ label: '16×' });
  await button('play').click();
  await expect(bar).toHaveAttribute('data-mode', 'live', { timeout: 15_000 });
  await expect(rows).toHaveCount(all);
  await button('back').click();
  await expect(bar).toHaveAttribute('data-mode', 'paused');
  await lesson.run();
  await expect(bar).toHaveAttribute('data-mode', 'live');
}); // prettier-ignore

/** Helpers for the tests of single panels: a run on the page, a panel in front, its words. */
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import type { PanelName } from '../sandbox/protocol/exercise.ts';
import { violations } from './axe.ts';
import { LessonPage } from './lesson-page.ts';
import { openPanel } from './panel-page.ts';

export const panelWords = JSON.parse(
  readFileSync(new URL('../src/i18n/en/panels.json', import.meta.url), 'utf8'),
) as Record<string, string>;

/** A client that stays: prints its messages, and can be reached from outside. */
export const listening = `import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'sensor-1',
  clean: false,
  reconnectPeriod: 50,
  will: { topic: 'home/sensor/state', payload: 'gone', qos: 1, retain: true },
});
client.on('message', (topic, payload) => console.log('heard ' + topic + ': ' + payload));
await client.subscribeAsync('home/+/light', { qos: 1 });
await client.publishAsync('home/kitchen/temperature', '21.5', { qos: 1, retain: true });
await client.publishAsync('home/kitchen/light', 'on', { qos: 1 });
await client.publishAsync('hello/mqtt', '<b>Hello</b>');
console.log('waiting');
`;

/** The lesson with the program run, and the panel in front. */
export async function ranWith(
  page: Page,
  name: PanelName,
  text = listening,
): Promise<{ lesson: LessonPage; panel: Locator }> {
  const lesson = new LessonPage(page);
  await lesson.open();
  const panel = await openPanel(lesson, name);
  await lesson.write(text);
  await lesson.run();
  await expect(lesson.output).toContainText('waiting');
  await panel.scrollIntoViewIfNeeded();
  return { lesson, panel };
}

/** While a program still runs. */
export async function runAgain(lesson: LessonPage): Promise<void> {
  const name = lesson.words['workbench.run-again']!;
  await lesson.workbench.getByRole('button', { name, exact: true }).click();
}

/** Fails with what axe finds inside the panel, in both themes. */
export async function expectNoViolations(page: Page, within: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations(page, within), colorScheme).toEqual([]);
  }
}

import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './course.ts';
import { openPanel } from './panel-page.ts';
import { expectNoViolations, listening, runAgain } from './panel-run.ts';
import { program } from './lesson-page.ts';
import { WorkbenchPage } from './workbench-page.ts';

const words = JSON.parse(
  readFileSync(new URL('../src/i18n/en/stage.json', import.meta.url), 'utf8'),
) as Record<string, string>;
const presets = JSON.parse(
  readFileSync(new URL('../src/i18n/en/presets.json', import.meta.url), 'utf8'),
) as Record<string, string>;
const word = (key: string, client = '') =>
  words[`panels.stage.${key}`]!.replace('{client}', client);

/** The lesson with the stage in front, its program run until it prints `waiting`. */
async function staged(page: Page, text = listening) {
  const lesson = new WorkbenchPage(page);
  await lesson.open();
  const stage = await openPanel(lesson, 'stage');
  await lesson.write(text);
  await lesson.run();
  await expect(lesson.output).toContainText('waiting');
  const client = (name: string) => stage.locator(`[data-client="${name}"]`);
  const publisher = client('publisher');
  const lane = (direction: 'to-broker' | 'to-client', of: Locator = publisher) =>
    of.locator(`.wb-stage-lane[data-direction="${direction}"]`);
  return { lesson, stage, client, publisher, lane };
}
const countOf = async (lane: Locator) => Number(await lane.getAttribute('data-count'));

test('it is the first tab, and everybody of the exercise stands on it before the first run', async ({ page }) => {
  const lesson = new WorkbenchPage(page);
  await page.goto('en/first-message/');
  await lesson.editorReady();
  const tabs = lesson.workbench.locator('.wb-panel-tabs').getByRole('tab');
  await expect(tabs.first()).toHaveText(lesson.word('panel.stage'));
  await expect(tabs.first()).toHaveAttribute('aria-selected', 'true');
  const clients = lesson.workbench.locator('.wb-stage-client');
  await expect(clients).toHaveCount(2);
  for (const status of await clients.all()) await expect(status).toHaveAttribute('data-status', 'off');

  await lesson.write(program('solution'));
  await lesson.run();
  await lesson.expectState('finished');
  const listener = lesson.workbench.locator('[data-client="subscriber"]');
  await expect(listener).toHaveAttribute('data-status', 'connected');
  await expect(listener).toHaveAttribute('data-role', 'subscriber');
  const received = listener.locator('.wb-stage-lane[data-direction="to-client"]');
  await expect(received).toContainText('PUBLISH hello/mqtt');
  // What it has received can be counted.
  await expect(listener.locator('[data-received]')).toHaveAttribute('data-received', '1');
  await expect(listener.locator('.wb-token')).toHaveCount(1);
}); // prettier-ignore

test('packets travel as they passed; the broker keeps notes; a text is a text', async ({ page }) => {
  const { stage, publisher, lane, lesson } = await staged(page);
  await expect(publisher).toHaveAttribute('data-status', 'connected');
  await expect(publisher).toHaveAttribute('data-role', 'both');
  // CONNECT, SUBSCRIBE, three PUBLISH, and the PUBACK of what it received.
  await expect(lane('to-broker')).toHaveAttribute('data-count', '6');
  const note = stage.locator('[data-topic="home/kitchen/temperature"]');
  await expect(note).toContainText('21.5');
  await expect(stage.locator('[data-will]')).toHaveAttribute('data-will', 'sealed');
  await expect(stage.locator('[data-client="subscriber"]')).toContainText('hello/mqtt');
  await expect(stage.locator('[data-said]')).not.toBeEmpty();
  // One more packet from outside travels once and is named.
  await runAgain(lesson);
  await expect(stage.locator('.wb-stage-flight').first()).toBeAttached();
  await expect(lane('to-broker')).toHaveAttribute('data-count', '6');
  await expect(stage.locator('.wb-stage-flight')).toHaveCount(0, { timeout: 15_000 });
}); // prettier-ignore

test('a cable is pulled out: the will is published, the client stays away until it is plugged in', async ({ page }) => {
  const { stage, publisher } = await staged(page);
  const plug = publisher.getByRole('button', { name: word('pull-of', 'publisher'), exact: true });
  await plug.focus();
  await page.keyboard.press('Enter');
  await expect(stage.locator('[data-cable="out"]')).toHaveCount(1);
  await expect(publisher).toContainText(word('is-out'));
  await expect(publisher).not.toHaveAttribute('data-status', 'connected');
  await expect(stage.locator('[data-topic="home/sensor/state"]')).toContainText('gone');
  // What it sends meanwhile is lost on the way.
  await expect(publisher.locator('[data-fate="dropped"]').first()).toContainText('CONNECT');
  // Its session is kept: a mailbox.
  await expect(stage.locator('.wb-stage-mailbox')).toHaveCount(1);

  await publisher.getByRole('button', { name: word('plug-in-of', 'publisher') }).click();
  await expect(publisher).toHaveAttribute('data-status', 'connected');
  await expect(stage.locator('[data-cable="out"]')).toHaveCount(0);
  await expect(stage.locator('.wb-stage-mailbox')).toHaveCount(0);
}); // prettier-ignore

test('the menu of a cable by keyboard alone: freeze, thaw, slow', async ({ page }) => {
  const { stage, publisher } = await staged(page);
  const menu = publisher.getByRole('button', { name: word('cable-of', 'publisher'), exact: true });
  const item = (key: string) =>
    stage.getByRole('menuitemcheckbox', { name: word(key), exact: true });
  const cable = publisher.locator('.wb-stage-cable');
  for (const [key, letter] of [['freeze', 'f'], ['slow', 's']] as const) {
    await menu.focus();
    await page.keyboard.press('ArrowDown');
    await expect(item('pull')).toBeFocused();
    await page.keyboard.press(letter);
    await expect(item(key)).toBeFocused();
    // Nothing of it is cut off.
    await expect(item(key)).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('Enter');
    await expect(menu).toBeFocused();
    await expect(cable).toHaveAttribute('data-cable', key === 'freeze' ? 'frozen' : key);
    await menu.press('Enter');
    await expect(item(key)).toHaveAttribute('aria-checked', 'true');
    await item(key).press('Enter');
    await expect(cable).toHaveAttribute('data-cable', 'plain');
  }
}); // prettier-ignore

test('a fault with a name: chosen on the stage, seen on the cable and in Connections, undone by a click', async ({ page }) => {
  const { lesson, stage, publisher } = await staged(page);
  const preset = (key: string) => presets[`presets.${key}`]!;
  await publisher.getByRole('button', { name: word('cable-of', 'publisher'), exact: true }).click();
  const items = stage.getByRole('menuitemcheckbox');
  await items.filter({ hasText: preset('satellite') }).click();
  const undo = publisher.getByRole('button', { name: `Undo ${preset('satellite')} of publisher` });
  await expect(undo).toBeVisible();
  const line = await openPanel(lesson, 'line');
  const satellite = line.getByRole('button', { name: preset('satellite'), exact: true });
  await expect(satellite).toHaveAttribute('aria-pressed', 'true');
  await expect(line.getByText(preset('satellite.does'))).toBeVisible();
  await expect(line.getByText(preset('tcp'))).toBeVisible();
  await line.getByRole('button', { name: preset('wifi'), exact: true }).click();
  await expect(satellite).toHaveAttribute('aria-pressed', 'false');
  await openPanel(lesson, 'stage');
  await publisher.getByRole('button', { name: `Undo ${preset('wifi')} of publisher` }).click();
  await expect(publisher.locator('.wb-stage-cable')).toHaveAttribute('data-cable', 'plain');
}); // prettier-ignore

test('many packets are a stream with a number; each is counted', async ({ page }) => {
  const text = listening.replace(
    "console.log('waiting');",
    `setInterval(() => client.publish('hello/mqtt', 'again'), 20);\nconsole.log('waiting');`,
  );
  const { stage, lane } = await staged(page, text);
  await expect(lane('to-broker')).toHaveAttribute('data-stream', '');
  await expect(lane('to-broker')).toContainText(/\d+ packets a second/);
  await expect(lane('to-broker').locator('.wb-stage-flight')).toHaveCount(0);
  const before = await countOf(lane('to-broker'));
  await expect.poll(() => countOf(lane('to-broker'))).toBeGreaterThan(before + 20);
  // Nothing piles up.
  expect(await stage.locator('.wb-stage-flight').count()).toBeLessThan(30);
});

test('with reduced motion the same is said by states, and nothing moves', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const { stage, lane } = await staged(page);
  await expect(lane('to-broker')).toHaveAttribute('data-count', '6');
  await expect(lane('to-broker').locator('.wb-stage-last')).toContainText(/PUBLISH|PUBACK/);
  await expect(stage.locator('.wb-stage-flight')).toHaveCount(0);
  expect(await stage.evaluate((all) => all.getAnimations({ subtree: true }).length)).toBe(0);
});

test('axe finds nothing, wide and on a phone', async ({ page }) => {
  const { publisher, stage } = await staged(page);
  await publisher.getByRole('button', { name: word('pull-of', 'publisher'), exact: true }).click();
  await expect(stage.locator('[data-cable="out"]')).toHaveCount(1);
  await expectNoViolations(page, '[role=tabpanel][data-panel=stage]');
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(stage.locator('.wb-stage')).toHaveAttribute('data-form', 'narrow');
  await expectNoViolations(page, '[role=tabpanel][data-panel=stage]');
  const beyond = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(beyond)).toBeLessThanOrEqual(0);
});

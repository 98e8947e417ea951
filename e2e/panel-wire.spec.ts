/** The wire panel in a real browser, on what a real broker and real faults make of a program. */
import { readFileSync } from 'node:fs';
import { violations } from './axe.ts';
import type { Locator, Page } from '@playwright/test';
import mqtt from 'mqtt';
import { expect, isStatic, test } from './course.ts';
import { LessonPage } from './lesson-page.ts';
import { addressIn, openPanel, roomOf, RoomWatch } from './panel-page.ts';

/** Publishes at QoS 0; when it hears “go”, at QoS 1 and then at QoS 2. */
const program = `import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'sensor-1',
  clean: false,
  reconnectPeriod: 50,
});
await client.publishAsync('hello/mqtt', '<b>Hello</b>');
const go = new Promise((resolve) => client.once('message', resolve));
await client.subscribeAsync('go');
console.log('waiting');
await go;
await client.publishAsync('reading', '21', { qos: 1 });
await client.publishAsync('reading', '22', { qos: 2 });
console.log('done');
`;

const wire = JSON.parse(
  readFileSync(new URL('../src/i18n/en/wire-panel.json', import.meta.url), 'utf8'),
) as Record<string, string>;

const time = JSON.parse(
  readFileSync(new URL('../src/i18n/en/time.json', import.meta.url), 'utf8'),
) as Record<string, string>;

class WirePanel {
  readonly lesson: LessonPage;
  readonly panel: Locator;
  constructor(lesson: LessonPage, panel: Locator) {
    this.lesson = lesson;
    this.panel = panel;
  }
  get list(): Locator {
    return this.panel.getByRole('listbox', { name: wire['wire-panel.label']! });
  }
  row(name: RegExp): Locator {
    return this.list.getByRole('option', { name });
  }
  get selected(): Locator {
    return this.list.getByRole('option', { selected: true });
  }
  get held(): Locator {
    return this.panel.getByRole('group', { name: wire['wire-panel.held']! });
  }
  button(key: string): Locator {
    return this.panel.getByRole('button', { name: wire[`wire-panel.${key}`]!, exact: true });
  }
  timeButton(key: string): Locator {
    return this.lesson.workbench.getByRole('button', { name: time[`time.${key}`]!, exact: true });
  }
}

/** A run in which PUBACK is lost with its line: the same PUBLISH goes twice. */
async function redelivery(page: Page, origin: string): Promise<WirePanel> {
  test.skip(isStatic, 'one of its clients is outside of the page');
  const lesson = new LessonPage(page);
  await lesson.open();
  const wirePanel = new WirePanel(lesson, await openPanel(lesson, 'wire'));
  await lesson.write(program);
  const address = addressIn((await lesson.ownComputer())[0]!);
  const room = new RoomWatch(origin, await roomOf(page));
  await room.next(({ type }) => type === 'welcome');
  await lesson.run();
  await expect(lesson.output).toContainText('waiting');
  await room.arm([
    { client: 'publisher', direction: 'to-client', kind: 'PUBACK', action: { do: 'drop-and-cut' } },
  ]);
  const starter = await mqtt.connectAsync(`${origin.replace('http', 'ws')}/mqtt/${address}`, {
    clientId: 'starter',
  });
  await starter.publishAsync('go', '');
  await starter.endAsync();
  await expect(lesson.output).toContainText('done');
  room.close();
  // The box with the commands leaves the panels little room.
  await lesson.workbench.getByText(lesson.words['workbench.own']!, { exact: true }).click();
  await wirePanel.list.scrollIntoViewIfNeeded();
  return wirePanel;
}

test('a lost PUBACK: drawn where it was lost, and in words who holds what', async ({ page, course }) => {
  const { list, panel, held, selected, row, timeButton, lesson } = bound(await redelivery(page, course.origin));
  await expect(row(/, PUBCOMP, /)).toBeInViewport();
  // What publishes on the left, the broker, the scene's subscriber on the right.
  const heads = panel.locator('.wb-wire-head');
  await expect(heads).toHaveText([/^publisher/, /^starter/, /^broker/, /^subscriber/]);

  await list.focus();
  await page.keyboard.press('Home');
  await expect(selected).toHaveAccessibleName(/connection opened/);
  await walkTo(page, selected, /PUBACK.*dropped, connection cut/);
  await expect(selected.locator('.way-lost .sign-cross')).toHaveCount(1);
  await expect(held).toContainText(/publisher holds packet \d+ until PUBACK\. *\[MQTT-4\.3\.2-1\]/);
  // The packet in full: four bytes, 40 02 and the identifier.
  await expect(panel.locator('.wb-detail')).toContainText(/4 bytes/);
  // The second PUBLISH is of the same exchange: both are marked.
  await walkTo(page, selected, /PUBLISH, reading, sent again, QoS 1/);
  await expect(selected.locator('.arrow.chosen')).toHaveCount(1);
  await expect(selected).toHaveAccessibleName(/The broker has packet \d+ and must answer PUBACK/);
  await page.keyboard.press('Escape');
  await expect(panel.locator('.wb-detail')).toBeHidden();

  // Back, step by step: between PUBREL and PUBCOMP.
  await timeButton('back').click();
  await walkBack(timeButton('back'), row(/, PUBREL, /), list);
  await expect(held).toContainText(/publisher holds the number \d+ until PUBCOMP/);
  await timeButton('on').click();
  await expect(held).toContainText(/Packet \d+ is finished/);
  await timeButton('live').click();
  await expect(held).toContainText(wire['wire-panel.held.nothing']!);
  // Hostile text is text.
  await page.keyboard.press('Home');
  await expect(lesson.workbench.locator('.wb-wire b')).toHaveCount(0);
}); // prettier-ignore

test('filters, and saves what it shows as SVG and as JSON', async ({ page, course }) => {
  const { panel, list, button } = bound(await redelivery(page, course.origin));
  await button('tools').click();
  await panel.getByLabel(wire['wire-panel.topic']!).fill('read+');
  await expect(panel.getByText(wire['wire-panel.nothing-shown']!)).toBeVisible();
  await panel.getByLabel(wire['wire-panel.topic']!).fill('reading/#');
  // PUBLISH, PUBACK lost, PUBLISH, PUBACK; PUBLISH, PUBREC, PUBREL, PUBCOMP.
  await expect(list.getByRole('option')).toHaveCount(8);
  await panel.getByRole('combobox', { name: wire['wire-panel.kind']!, exact: true }).selectOption('PUBLISH');
  await expect(list.getByRole('option')).toHaveCount(3);

  const [svg] = await Promise.all([page.waitForEvent('download'), button('export.svg').click()]);
  const picture = readFileSync(await svg.path(), 'utf8');
  const seen = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    return { error: parsed.querySelector('parsererror')?.textContent, arrows: parsed.querySelectorAll('.arrow').length };
  }, picture);
  expect(seen).toEqual({ error: undefined, arrows: 3 });
  expect(picture).not.toContain('var(');
  // The publisher's colour of the light theme, as a number.
  expect(picture).toContain('#a92d5b');

  const [json] = await Promise.all([page.waitForEvent('download'), button('export.json').click()]);
  const { entries } = JSON.parse(readFileSync(await json.path(), 'utf8')) as {
    entries: { kind: string; bytes: string; client: string }[];
  };
  expect(entries.map(({ kind, client }) => `${client} ${kind}`)).toEqual(Array(3).fill('publisher PUBLISH'));
  expect(entries[0]!.bytes).toMatch(/^32.*3231$/);
}); // prettier-ignore

for (const colorScheme of ['light', 'dark'] as const) {
  test(`${colorScheme}: axe finds nothing, with everything open`, async ({ page, course }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { list, button, selected } = bound(await redelivery(page, course.origin));
    await button('tools').click();
    await list.focus();
    await page.keyboard.press('End');
    await expect(selected).toBeVisible();
    expect(await violations(page, '.wb-wire')).toEqual([]);
  }); // prettier-ignore
}

test('ten thousand packets: few are drawn, all can be reached, nothing scrolls sideways on a phone', async ({ page }) => {
  test.setTimeout(240_000);
  await page.setViewportSize({ width: 390, height: 844 });
  const lesson = new LessonPage(page);
  await lesson.open();
  const { list, panel } = bound(new WirePanel(lesson, await openPanel(lesson, 'wire')));
  // What the broker sends is not limited: one message to nine clients is ten packets.
  await lesson.write(`import mqtt from 'mqtt';

const subscribers = await Promise.all(
  Array.from({ length: 8 }, () => mqtt.connectAsync('mqtt://localhost')),
);
await Promise.all(subscribers.map((client) => client.subscribeAsync('hello/mqtt')));
let received = 0;
for (const one of subscribers) one.on('message', () => (received += 1));
const client = await mqtt.connectAsync('mqtt://localhost');
for (let i = 1; i <= 1005; i++) await client.publishAsync('hello/mqtt', 'reading ' + i);
while (received < 8 * 1005) await new Promise((resolve) => setTimeout(resolve, 20));
console.log('done');
`);
  await lesson.run();
  await expect(lesson.output).toContainText('done', { timeout: 140_000 });
  const last = list.getByRole('option', { name: /reading 1005/ }).last();
  await page.locator('.wb-sheet-close').click();
  await list.scrollIntoViewIfNeeded();
  await expect(last).toBeInViewport();
  expect(Number(await last.getAttribute('aria-posinset'))).toBeGreaterThan(10_000);
  expect(await list.getByRole('option').count()).toBeLessThan(60);
  await list.focus();
  await page.keyboard.press('Home');
  await expect(list.getByRole('option', { selected: true })).toHaveAttribute('aria-posinset', '1');
  expect(await list.getByRole('option').count()).toBeLessThan(60);
  // Eleven columns are wider than a phone: they scroll in the diagram, heads with rows.
  const [head, row] = [panel.locator('.wb-wire-heads-strip'), panel.locator('.wire-diagram').first()];
  await list.evaluate((element) => (element.scrollLeft = 200));
  await expect.poll(async () => (await head.boundingBox())!.x - (await row.boundingBox())!.x).toBe(0);
  const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(overflow)).toBe(0);
}); // prettier-ignore

/** Its parts by name, so that a test reads as its steps. */
const bound = (wirePanel: WirePanel) => ({
  lesson: wirePanel.lesson,
  panel: wirePanel.panel,
  list: wirePanel.list,
  held: wirePanel.held,
  selected: wirePanel.selected,
  row: (name: RegExp) => wirePanel.row(name),
  button: (key: string) => wirePanel.button(key),
  timeButton: (key: string) => wirePanel.timeButton(key),
});

async function walkTo(page: Page, selected: Locator, name: RegExp): Promise<void> {
  for (let i = 0; i < 60; i += 1) {
    if (name.test((await selected.locator('.wb-spoken').textContent()) ?? '')) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`no row is called ${name}`);
}

/** Until the row is the last one drawn. */
async function walkBack(back: Locator, row: Locator, list: Locator): Promise<void> {
  for (let i = 0; i < 60; i += 1) {
    const n = Number(await row.last().getAttribute('data-n'));
    const all = await list.getByRole('option').evaluateAll((rows) => rows.map((each) => Number((each as HTMLElement).dataset['n'])));
    if (Math.max(...all) === n) return;
    await back.click();
  }
  throw new Error('the row never was the last');
} // prettier-ignore

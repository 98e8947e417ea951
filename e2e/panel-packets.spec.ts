import { readFile } from 'node:fs/promises';
import { expect, test } from './course.ts';
import { openPanel } from './panel-page.ts';
import { expectNoViolations, panelWords as words, ranWith, runAgain } from './panel-run.ts';

test('the table shows one client, one kind, one topic; and says how many it hides', async ({ page }) => {
  const { lesson, panel } = await ranWith(page, 'packets');
  const rows = lesson.packets.getByRole('option');
  const kind = panel.getByRole('combobox', { name: words['panels.packets.kind']!, exact: true });
  // Only what is in sight is drawn.
  const size = async () => Number(await rows.first().getAttribute('aria-setsize'));
  const all = await size();
  // In words, nothing stands for a part that a row lacks.
  await expect(panel.getByRole('option', { name: /,\s*,/ })).toHaveCount(0);
  // From 100 s on a time is wider, and ends before the name.
  const apart = await rows.first().evaluate((row) => {
    const time = row.querySelector('.wb-packet-time')!;
    const before = time.textContent;
    time.textContent = '1234.567';
    const text = document.createRange();
    text.selectNodeContents(time);
    const name = row.querySelector('.wb-packet-client')!.getBoundingClientRect();
    const gap = name.left - text.getBoundingClientRect().right;
    time.textContent = before;
    return gap;
  });
  expect(apart).toBeGreaterThan(0);
  // A long topic leaves its payload in sight.
  const payload = await rows
    .filter({ hasText: 'home/kitchen/light' })
    .first()
    .evaluate((row) => {
      const topic = row.querySelector('.wb-topic')!;
      const before = topic.textContent;
      topic.textContent = 'a-long-topic/'.repeat(30);
      const { left, right } = row.querySelector('.wb-packet-text')!.getBoundingClientRect();
      const isInside = right <= row.getBoundingClientRect().right;
      topic.textContent = before;
      return { width: right - left, isInside };
    });
  expect(payload.isInside).toBe(true);
  expect(payload.width).toBeGreaterThan(20);
  await panel.getByText(words['panels.packets.filter']!, { exact: true }).click();
  await kind.selectOption('PUBLISH');
  await expect(rows.filter({ hasText: /SUBSCRIBE/ })).toHaveCount(0);
  await panel.getByLabel(words['panels.packets.topic']!).fill('home/+/light');
  // Published, and delivered.
  await expect(rows).toHaveCount(2);
  await expect(panel.locator('.wb-filter-count')).toHaveText(/^2 of \d+ shown$/);
  await panel.getByLabel(words['panels.packets.client']!).selectOption('subscriber');
  await expect(panel.getByText(words['panels.packets.none']!)).toBeVisible();
  await panel.getByLabel(words['panels.packets.topic']!).fill('hello');
  await expect(rows).toHaveCount(1);
  await rows.click();
  await expect(panel.locator('.wb-detail')).toContainText('hello/mqtt');
  await expectNoViolations(page, '[role=tabpanel][data-panel=packets]');

  await panel.getByLabel(words['panels.packets.client']!).selectOption('');
  await kind.selectOption('');
  await panel.getByLabel(words['panels.packets.topic']!).fill('');
  await expect.poll(size).toBeGreaterThanOrEqual(all);
  await expect(panel.locator('.wb-filter-count')).toHaveText('');
}); // prettier-ignore

test('a run is saved for Wireshark and opened again as a capture, which is not the room', async ({ page }) => {
  const { lesson, panel } = await ranWith(page, 'packets');
  const rows = lesson.packets.getByRole('option');
  await lesson.button('stop').click();
  await expect(lesson.state).toHaveText(lesson.words['workbench.state.stopped']!);
  const count = (name: RegExp) => rows.filter({ hasText: name }).count();
  const published = await count(/PUBLISH/);
  const menu = panel.getByRole('button', { name: words['panels.packets.capture']!, exact: true });
  await menu.click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('menuitem').filter({ hasText: words['panels.packets.capture.save']! }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('mqtt.pcapng');
  const input = panel.locator('input[type=file]');
  await input.setInputFiles({ name: 'no.pcap', mimeType: '', buffer: Buffer.from('no capture at all, only a text') });
  await expect(panel.locator('.wb-packets-failure')).toHaveText(words['panels.packets.capture.unknown-format']!);
  await input.setInputFiles({ name: '<b>lab.pcapng', mimeType: '', buffer: await readFile(await file.path()) });
  const banner = lesson.workbench.locator('.wb-capture');
  await expect(banner).toContainText('<b>lab.pcapng');
  await expect(panel.locator('.wb-packets-failure')).toBeEmpty();
  await expect.poll(() => count(/PUBLISH/)).toBe(published);
  await expectNoViolations(page, '.wb-panels');
  // The broker of the file, not that of the room: it has no buttons.
  const broker = await openPanel(lesson, 'broker');
  await expect(broker).toContainText('home/kitchen/temperature');
  await expect(broker.getByRole('button', { name: /^Clear/ }).first()).toBeHidden();
  await banner.getByRole('button').click();
  await expect(banner).toBeHidden();
  await expect(broker.getByRole('button', { name: /^Clear/ }).first()).toBeVisible();
}); // prettier-ignore

test('ten thousand rows scroll as smoothly as five hundred: few are drawn, a screenful costs no more', async ({ page }) => {
  // Said when all have come: the output shows the last lines alone, in the order of the room's clock.
  test.setTimeout(300_000);
  const programWith = (messages: number) => `import mqtt from 'mqtt';

const subscribers = await Promise.all(
  Array.from({ length: 8 }, () => mqtt.connectAsync('mqtt://localhost')),
);
await Promise.all(subscribers.map((client) => client.subscribeAsync('hello/mqtt')));
let received = 0;
for (const one of subscribers) one.on('message', () => (received += 1));
console.log('waiting');
const client = await mqtt.connectAsync('mqtt://localhost');
for (let i = 1; i <= ${messages}; i++) await client.publishAsync('hello/mqtt', 'reading ' + i);
while (received < 8 * ${messages}) await new Promise((resolve) => setTimeout(resolve, 20));
console.log('sent ${messages}');
`;
  const { lesson } = await ranWith(page, 'packets', programWith(50));
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  /** The time of the processor that the page takes for the list's next screenful, in ms. */
  const scrolled = async (messages: number): Promise<number> => {
    await expect(lesson.output).toContainText(`sent ${messages}`, { timeout: 140_000 });
    const last = lesson.packets.getByRole('option', { name: new RegExp(`reading ${messages}`) });
    await expect(last.last()).toBeInViewport();
    const rows = Number(await last.last().getAttribute('aria-posinset'));
    expect(rows).toBeGreaterThan(messages * 9);
    const worked = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000;
    };
    const before = await worked();
    // Down, and from the top again.
    await lesson.packets.evaluate(async (list) => {
      const end = list.scrollHeight - list.clientHeight;
      for (let screens = 0, top = 0; screens < 150; screens += 1) {
        top = top >= end ? 0 : Math.min(top + list.clientHeight, end);
        list.scrollTop = top;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    });
    const each = ((await worked()) - before) / 150;
    expect(await lesson.packets.getByRole('option').count()).toBeLessThan(60);
    test.info().annotations.push({ type: 'work', description: `${rows} rows: ${each.toFixed(1)} ms for a screen` }); // prettier-ignore
    return each;
  };
  const few = await scrolled(50);
  await lesson.write(programWith(1005));
  await runAgain(lesson);
  expect(await scrolled(1005)).toBeLessThan(few * 2);
}); // prettier-ignore

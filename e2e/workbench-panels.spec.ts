import { expect, test } from './course.ts';
import { panels } from '../src/workbench/panels/registry.ts';
import type { PanelName } from '../sandbox/protocol/exercise.ts';
import { openPanel } from './panel-page.ts';
import { WorkbenchPage } from './workbench-page.ts';

test('a panel is one click away, comes when it is asked for, and is found again', async ({
  page,
}) => {
  const lesson = new WorkbenchPage(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await lesson.open();
  const tabs = lesson.workbench.locator('.wb-panel-tabs').getByRole('tab');
  await expect(tabs).toHaveText([lesson.word('panel.stage'), lesson.word('panel.packets')]);
  const before = asked.length;
  await lesson.panel('topics');
  await expect(tabs).toHaveCount(3);
  await expect(
    lesson.workbench.getByRole('tabpanel', { name: lesson.word('panel.topics') }),
  ).toBeVisible();
  await expect(lesson.packets).toBeHidden();
  expect(asked.slice(before).filter((path) => /topics/.test(path))).not.toEqual([]);

  // Arrows go from tab to tab; what stands in front is found again after a reload.
  await page.keyboard.press('ArrowLeft');
  await expect(tabs.filter({ hasText: lesson.word('panel.packets') })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.reload();
  await lesson.editorReady();
  await expect(tabs).toHaveCount(3);
  await expect(tabs.filter({ hasText: lesson.word('panel.topics') })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  // Taken away again, its neighbour comes to the front.
  await lesson.workbench.locator('.wb-panel-bar .wb-panel-more').click();
  await lesson.workbench
    .getByRole('menuitemcheckbox', { name: lesson.word('panel.topics'), exact: true })
    .click();
  await expect(tabs).toHaveText([lesson.word('panel.stage'), lesson.word('panel.packets')]);
  await expect(tabs.last()).toBeFocused();
});

test('a panel that was behind another stands where it stood', async ({ page }) => {
  const lesson = new WorkbenchPage(page);
  await lesson.open();
  await lesson.write(
    `import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost');
for (let i = 1; i <= 100; i++) await client.publishAsync('hello/mqtt', 'reading ' + i);
await client.endAsync();
`,
  );
  await lesson.run();
  await lesson.expectState('finished');
  // The program is over before the page has heard of its last packets: a short list has no 500.
  await expect(lesson.packets).toContainText('reading 100');
  await lesson.packets.evaluate((list) => (list.scrollTop = 500));
  await lesson.panel('topics');
  await lesson.panel('packets');
  expect(await lesson.packets.evaluate((list) => list.scrollTop)).toBe(500);
});

test('a translator of the browser leaves data alone, in every panel', async ({ page }) => {
  const lesson = new WorkbenchPage(page);
  await lesson.open();
  await lesson.write(
    `import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost', { clientId: 'zqmark-1' });
await client.subscribeAsync('zqmark/#');
await client.publishAsync('zqmark/topic', 'zqmark', { retain: true });
await client.publishAsync('hello/zqmark', 'zqmark', { qos: 1, retain: true });
console.log('zqmark');
`,
  );
  await lesson.run();
  await expect(lesson.output).toContainText('zqmark');
  const seen: string[] = [];
  for (const name of Object.keys(panels) as PanelName[]) {
    const panel = await openPanel(lesson, name);
    // Its data comes with the next answers of the room.
    if (['stage', 'wire', 'packets', 'broker', 'topics'].includes(name)) {
      await expect(panel).toContainText('zqmark');
      seen.push(name);
    }
    expect(await panel.evaluate((body: HTMLElement) => body.translate), name).toBe(false);
    expect(await lesson.workbench.evaluate(translated), name).toEqual([]);
  }
  expect(seen).toHaveLength(5);
});

/**
 * Texts with a mark of the program's that a translator would change. `code` it leaves out by itself; a
 * sentence that is only heard may be translated as a whole.
 */
function translated(workbench: Element): string[] {
  const walker = document.createTreeWalker(workbench, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode as Text;
    const isKept = !parentElement?.translate || parentElement.closest('code, .wb-spoken');
    if (data.includes('zqmark') && !isKept) found.push(data.trim());
  }
  return found;
}

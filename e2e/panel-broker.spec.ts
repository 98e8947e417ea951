import mqtt from 'mqtt';
import { expect, isStatic, test } from './course.ts';
import { LessonPage } from './lesson-page.ts';
import { addressIn, openPanel } from './panel-page.ts';
import { expectNoViolations, panelWords as words, ranWith } from './panel-run.ts';

test('what the broker holds, as it changes; and what a learner may do to it', async ({ page, course }) => {
  test.skip(isStatic, 'one of its clients is outside of the page');
  const { lesson, panel } = await ranWith(page, 'broker');
  const card = (id: string) => panel.getByRole('article').filter({ has: page.getByText(id, { exact: true }) });
  const sensor = card('sensor-1');
  await expect(sensor).toContainText(words['panels.broker.connected']!);
  await expect(sensor).toContainText(words['panels.broker.kept']!);
  await expect(sensor).toContainText(/Will \(QoS 1\):\s*home\/sensor\/state\s*gone\s*retained/);
  await expect(sensor.getByRole('list', { name: words['panels.broker.subscriptions']! })).toContainText('home/+/light granted QoS 1');
  const retained = panel.getByRole('list', { name: words['panels.broker.retained']! }).getByRole('listitem');
  await expect(retained).toHaveText(/home\/kitchen\/temperature.*21\.5.*QoS 1/s);

  // A client from outside: it is new, and marked so.
  const [command] = await lesson.ownComputer();
  const outside = await mqtt.connectAsync(`${course.origin.replace('http', 'ws')}/mqtt/${addressIn(command!)}`, { clientId: 'phone' });
  await expect(card('phone')).toContainText(words['panels.broker.mark.new']!);
  await panel.getByRole('button', { name: words['panels.broker.pin']! }).click();
  await outside.publishAsync('home/kitchen/temperature', '22', { retain: true });
  await expect(retained).toHaveText(/22.*changed/s);
  await outside.endAsync();
  // Pinned: what changed before stays marked.
  await expect(card('phone')).toContainText(words['panels.broker.mark.gone']!);
  await expect(retained).toContainText(words['panels.broker.mark.changed']!);
  await expectNoViolations(page, '[role=tabpanel][data-panel=broker]');

  await retained.getByRole('button', { name: `${words['panels.broker.clear']} home/kitchen/temperature` }).press('Enter');
  await expect(retained).toHaveText(/temperature.*gone/s);
  // The broker ends the connection: the will goes out, and the program comes back to its session.
  await sensor.getByRole('button', { name: `${words['panels.broker.disconnect']} sensor-1` }).click();
  await expect(retained.filter({ hasText: 'home/sensor/state' })).toContainText(words['panels.broker.mark.new']!);
  await expect(sensor).toContainText(words['panels.broker.connected']!);

  await panel.getByRole('button', { name: words['panels.broker.restart']! }).click();
  await lesson.expectState('idle');
  await expect(panel.getByText(words['panels.broker.no-retained']!)).toBeVisible();
  await expect(card('subscriber')).toContainText('hello/mqtt');
}); // prettier-ignore

test('an exercise can keep it to showing', async ({ page }) => {
  await page.route('**/en/first-message/', async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    expect(html).toContain('"brokerActions":true');
    await route.fulfill({
      response,
      body: html.replace('"brokerActions":true', '"brokerActions":false'),
    });
  });
  const lesson = new LessonPage(page);
  await lesson.open();
  const panel = await openPanel(lesson, 'broker');
  await expect(panel.getByRole('button', { name: words['panels.broker.pin']! })).toBeVisible();
  await expect(panel.getByRole('button', { name: words['panels.broker.restart']! })).toHaveCount(0);
});

import { expect, test } from './course.ts';
import { openPanel } from './panel-page.ts';
import { expectNoViolations, panelWords as words, ranWith, runAgain } from './panel-run.ts';

test('a PUBACK dropped with its line: armed before the run, it strikes in it, and the message goes twice', async ({ page }) => {
  const { lesson, panel } = await ranWith(page, 'line');
  const armed = panel.getByRole('list', { name: words['panels.line.armed']! }).getByRole('listitem');
  const struck = panel.getByRole('list', { name: words['panels.line.struck']! }).getByRole('listitem');
  await expect(panel.getByText(words['panels.line.nothing']!)).toBeVisible();
  // The one that teaches most is the first choice, with the reason beside it.
  await expect(panel.getByText(words['panels.line.why.drop-and-cut']!)).toBeVisible();
  await panel.getByRole('button', { name: words['panels.line.arm']!, exact: true }).click();
  await expect(armed).toContainText('publisher, next PUBACK from the broker: drop it and cut the connection');
  await expect(armed).toContainText(words['panels.line.state.armed']!);
  await expect(panel.getByRole('status')).toHaveText(words['panels.line.is-armed']!);

  await runAgain(lesson);
  await expect(struck).toContainText(/publisher.*PUBACK.*dropped, connection cut/s);
  await expect(armed).toContainText(words['panels.line.state.struck']!);
  await expect(lesson.output).toContainText('waiting');
  await expectNoViolations(page, '[role=tabpanel][data-panel=line]');
  // Where it struck is seen in the other panels too, and the message was sent again.
  await openPanel(lesson, 'packets');
  await expect(lesson.packets.getByRole('option').filter({ hasText: /PUBACK/ }).first()).toContainText('dropped');
  await expect(lesson.packets.getByRole('option').filter({ hasText: 'sent again' }).first()).toBeVisible();

  await openPanel(lesson, 'line');
  await armed.getByRole('button', { name: words['panels.line.remove']! }).click();
  await expect(armed).toHaveCount(0);
  // Used up: the next run has no fault.
  await runAgain(lesson);
  await expect(lesson.output).toContainText('waiting');
  await expect(panel.getByText(words['panels.line.nothing']!)).toBeVisible();
}); // prettier-ignore

test('latency outlives a run; a frozen line is thawed; a cut one comes back', async ({ page }) => {
  const { lesson, panel } = await ranWith(page, 'line');
  const latency = panel.getByRole('slider', { name: words['panels.line.latency']! });
  const struck = panel.getByRole('list', { name: words['panels.line.struck']! }).getByRole('listitem');
  await latency.focus();
  await page.keyboard.press('ArrowRight');
  await expect(latency).toHaveAttribute('aria-valuetext', '50 ms');
  await runAgain(lesson);
  await expect(struck.filter({ hasText: 'delayed' }).first()).toContainText('publisher');
  await expect(latency).toHaveAttribute('aria-valuetext', '50 ms');
  await expect(lesson.output).toContainText('waiting');
  await latency.fill('0');

  const freeze = panel.getByRole('button', { name: words['panels.line.freeze']! });
  await freeze.click();
  await expect(freeze).toHaveAttribute('aria-pressed', 'true');
  await freeze.click();
  await expect(freeze).toHaveAttribute('aria-pressed', 'false');
  await panel.getByRole('button', { name: words['panels.line.cut']! }).click();
  await expect(struck.filter({ hasText: 'connection cut' }).first()).toContainText('publisher');
  // After the program is stopped no client has that name.
  await lesson.button('stop').click();
  await expect(lesson.state).toHaveText(lesson.words['workbench.state.stopped']!);
  await expect(async () => {
    await panel.getByRole('button', { name: words['panels.line.cut']! }).click();
    await expect(panel.getByRole('status')).toHaveText('publisher has no connection that could be cut.', { timeout: 1_000 });
  }).toPass();
}); // prettier-ignore

/** The broker is stopped, killed and cut from its power, as a learner does it: what is left of it. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './course.ts';
import { LessonPage } from './lesson-page.ts';
import { openPanel } from './panel-page.ts';
import { expectNoViolations, panelWords as words } from './panel-run.ts';

const conf =
  'listener 1883\nallow_anonymous true\npersistence true\npersistence_location /var/lib/mosquitto/\n';

/** The terminal of a broker that saves, and has one retained message. */
async function begin(page: Page) {
  const lesson = new LessonPage(page);
  await lesson.open();
  const panel = await openPanel(lesson, 'terminal');
  const screen = panel.locator('.xterm-accessibility-tree').first();
  const enter = async (line: string): Promise<void> => {
    await panel.getByRole('textbox').first().focus();
    await page.keyboard.type(line);
    await page.keyboard.press('Enter');
  };
  const shows = (text: string) => expect(screen).toContainText(text);
  for (const [at, line] of conf.trim().split('\n').entries())
    await enter(`echo "${line}" ${at === 0 ? '>' : '>>'} /etc/mosquitto/mosquitto.conf`);
  await enter('sudo systemctl restart mosquitto; echo "restarted $?"');
  await shows('restarted 0');
  await enter('mosquitto_pub -t note -m survivor -r -q 1; echo "published $?"');
  await shows('published 0');
  return { lesson, enter, shows };
}
const button = (panel: Locator, deed: string): Locator =>
  panel.getByRole('button', { name: words[`panels.broker.deed.${deed}`]!, exact: true });

test('from the broker panel, with the keyboard: the wire tells what was saved and what is lost', async ({ page }) => {
  const { lesson, enter } = await begin(page);
  const panel = await openPanel(lesson, 'broker');
  const state = panel.locator('.wb-process-state');
  const kept = panel
    .getByRole('list', { name: words['panels.broker.retained']! })
    .getByRole('listitem')
    .filter({ hasText: 'survivor', hasNotText: words['panels.broker.mark.gone']! });
  await expect(state).toContainText('Running');
  await expect(kept).toHaveCount(1);
  await expectNoViolations(page, '[role=tabpanel][data-panel=broker]');

  // It has not been saved yet: a kill leaves nothing of it, and systemd starts the broker again.
  await button(panel, 'kill').press('Enter');
  await expect(kept).toHaveCount(0);
  await expect(state).toContainText('Running');
  const wire = await openPanel(lesson, 'wire');
  const row = (text: string) => wire.locator('.wb-wire-row').filter({ hasText: text }).last();
  await expect(row('(SIGKILL); lost: retained messages: 1')).toBeVisible();

  await openPanel(lesson, 'terminal');
  await enter('mosquitto_pub -t note -m survivor -r -q 1');
  await openPanel(lesson, 'broker');
  await expect(kept).toHaveCount(1);
  await button(panel, 'stop').press('Enter');
  await expect(state).toContainText('Stopped');
  await expect(kept).toHaveCount(0);
  await expect(panel.locator('.wb-process-file')).toContainText('mosquitto.db: retained messages: 1');
  await button(panel, 'start').press('Enter');
  await expect(kept).toHaveCount(1);

  await button(panel, 'cut-power').press('Enter');
  await expect(state).toContainText('Without power');
  await expect(kept).toHaveCount(0);
  await button(panel, 'power').press('Enter');
  await expect(kept).toHaveCount(1);

  await openPanel(lesson, 'wire');
  await expect(row('lost its power; last saved to its file: retained messages: 1; lost: nothing')).toBeVisible();
  await expect(row('started; read from its file: retained messages: 1')).toBeVisible();
}); // prettier-ignore

test('from the terminal, as on a Debian machine', async ({ page }) => {
  const { lesson, enter, shows } = await begin(page);
  await enter('sudo systemctl stop mosquitto; systemctl is-active mosquitto; echo "state $?"');
  await shows('state 3');
  await enter('pidof mosquitto; echo "none $?"');
  await shows('none 1');
  await enter('mosquitto_sub -t note -C 1');
  await shows('Error: Connection refused');
  await enter('sudo systemctl start mosquitto; mosquitto_sub -t note -C 1 -F "again: %p"');
  await shows('again: survivor');
  await enter('systemctl status mosquitto > /tmp/status; echo "status $?"');
  await shows('status 0');
  await enter('mosquitto_pub -t note -m late -r -q 1; sudo pkill -9 mosquitto; sleep 1; mosquitto_sub -t note -C 1 -F "after: %p"');
  await shows('after: survivor');
  const packets = await openPanel(lesson, 'packets');
  await expect(packets.getByText('The broker was killed (SIGKILL)').last()).toBeVisible();
}); // prettier-ignore

/** A broker's own files in a real browser: edited, applied, with Mosquitto's messages. */
import { readFileSync } from 'node:fs';
import { fill } from '../src/workbench/i18n/words.ts';
import { violations } from './axe.ts';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './course.ts';
import { LessonPage, program } from './lesson-page.ts';
import { openPanel } from './panel-page.ts';

const words = JSON.parse(
  readFileSync(new URL('../src/i18n/en/terminal.json', import.meta.url), 'utf8'),
) as Record<string, string>;

class FilesPanel {
  readonly page: Page;
  readonly panel: Locator;
  constructor(page: Page, panel: Locator) {
    this.page = page;
    this.panel = panel;
  }
  get editor(): Locator {
    return this.panel.locator('.monaco-editor').first();
  }
  get status(): Locator {
    return this.panel.getByRole('status').first();
  }
  get problems(): Locator {
    return this.panel
      .getByRole('list', { name: words['terminal.files.problems']! })
      .getByRole('listitem');
  }
  get log(): Locator {
    return this.panel.getByRole('log', { name: words['terminal.files.log']! });
  }
  async write(file: string, text: string): Promise<void> {
    await this.panel.getByRole('tab', { name: file, exact: true }).click();
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.editor.locator('.view-lines').click();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await this.page.keyboard.press('ControlOrMeta+v');
  }
  async apply(): Promise<void> {
    await this.panel.getByRole('button', { name: words['terminal.files.apply']! }).click();
  }
}

async function open(page: Page) {
  const lesson = new LessonPage(page);
  await lesson.open();
  const files = new FilesPanel(page, await openPanel(lesson, 'files'));
  await expect(files.editor).toBeVisible();
  return { lesson, files };
}
async function terminal(lesson: LessonPage) {
  const panel = await openPanel(lesson, 'terminal');
  const screen = panel.locator('.xterm-accessibility-tree').first();
  const input = panel.getByRole('textbox').first();
  return {
    async enter(line: string) {
      await input.focus();
      await lesson.page.keyboard.type(line);
      await lesson.page.keyboard.press('Enter');
    },
    shows: (text: string | RegExp) => expect(screen).toContainText(text),
  };
}

test('a mistake is underlined, told in Mosquitto’s words, and the broker does not start', async ({
  page,
}) => {
  const { lesson, files } = await open(page);
  await files.write('mosquitto.conf', 'listener 1883\nallow_anonymous maybe\n');
  await expect(files.status).toHaveText(words['terminal.files.unsaved']!);
  await files.apply();
  await expect(files.status).toHaveText(words['terminal.files.stopped']!);
  await expect(files.problems).toHaveCount(1);
  await expect(files.problems).toContainText('Error: Invalid allow_anonymous value (maybe).');
  await expect(files.problems).toContainText('mosquitto.conf, line 2');
  await expect(files.editor.locator('.squiggly-error')).toBeVisible();
  await expect(files.log).toContainText('Invalid allow_anonymous value (maybe)');
  const shell = await terminal(lesson);
  await shell.enter('mosquitto_pub -t a -m x');
  await shell.shows('Error: Connection refused');
});

test('without anonymous clients and with a user made in the terminal', async ({ page }) => {
  const { lesson, files } = await open(page);
  await files.write(
    'mosquitto.conf',
    'listener 1883\nallow_anonymous false\npassword_file /etc/mosquitto/passwd\n',
  );
  const shell = await terminal(lesson);
  await shell.enter('sudo mosquitto_passwd -c -b /etc/mosquitto/passwd alice secret');
  await shell.enter('sudo chown mosquitto: /etc/mosquitto/passwd');
  await shell.enter('cat /etc/mosquitto/passwd');
  await shell.shows('alice:$7$101$');
  await openPanel(lesson, 'files');
  await files.panel.getByRole('tab', { name: 'passwd', exact: true }).click();
  await expect(files.editor).toContainText('alice:$7$101$');
  await files.apply();
  await expect(files.status).toHaveText(words['terminal.files.running']!);
  await expect(files.log).toContainText('mosquitto version 2.0.21 running');

  await terminal(lesson);
  await shell.enter('mosquitto_pub -t a -m x; echo "status $?"');
  await shell.shows('Connection error: Connection Refused: not authorised.');
  await shell.shows('status 5');
  await shell.enter('mosquitto_pub -t a -m x -u alice -P wrong; echo "again $?"');
  await shell.shows('again 5');
  await shell.enter('mosquitto_pub -t a -m x -u alice -P secret; echo "known $?"');
  await shell.shows('known 0');

  // Typed by hand, without showing it; then the broker is told.
  await shell.enter('mosquitto_passwd /etc/mosquitto/passwd bob');
  await shell.shows('Password:');
  await page.keyboard.type('hunter2');
  await page.keyboard.press('Enter');
  await shell.shows('Reenter password:');
  await page.keyboard.type('hunter2');
  await page.keyboard.press('Enter');
  await shell.enter('sudo systemctl restart mosquitto; echo "restarted $?"');
  await shell.shows('restarted 0');
  await shell.enter('mosquitto_pub -t a -m x -u bob -P hunter2; echo "bob $?"');
  await shell.shows('bob 0');
});

test('a password file that the broker’s user may not read ends the broker, until it has another owner', async ({
  page,
}) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  const shell = await terminal(lesson);
  await shell.enter('cd /etc/mosquitto');
  await shell.enter(
    "printf 'listener 1883\\npassword_file /etc/mosquitto/passwd\\n' > mosquitto.conf",
  );
  await shell.enter('sudo mosquitto_passwd -c -b passwd alice secret; ls -l passwd');
  await shell.shows(/-rw------- 1 root root \d+ .* passwd/);
  await shell.enter('sudo systemctl restart mosquitto; echo "restarted $?"');
  await shell.shows('Unable to open pwfile "/etc/mosquitto/passwd".');
  await shell.shows('restarted 1');
  await shell.enter('sudo -u mosquitto cat passwd');
  await shell.shows('cat: passwd: Permission denied');
  await shell.enter('sudo chown root:mosquitto passwd; chmod 640 passwd');
  await shell.enter('sudo systemctl restart mosquitto; echo "again $?"');
  await shell.shows('again 0');
  const panel = await openPanel(lesson, 'files');
  await panel.getByRole('tab', { name: 'passwd', exact: true }).click();
  const mode = { owner: 'root', group: 'mosquitto', mode: '640' };
  await expect(panel.getByText(fill(words['terminal.files.mode']!, mode))).toBeVisible();
});

test('what was written is still there after a reload; the first files can come back', async ({
  page,
}) => {
  const { files } = await open(page);
  await files.write('mosquitto.conf', 'listener 1883\nallow_anonymous true\nmax_qos 1\n');
  await files.apply();
  await expect(files.status).toHaveText(words['terminal.files.running']!);
  await page.reload();
  const again = await open(page);
  await expect(again.files.editor).toContainText('max_qos');
  await again.files.panel.getByRole('button', { name: words['terminal.files.reset']! }).click();
  await expect(again.files.editor).not.toContainText('max_qos');
  await again.files.panel.getByRole('button', { name: words['terminal.files.undo']! }).click();
  await expect(again.files.editor).toContainText('max_qos');
});

test('options of mosquitto.conf are completed', async ({ page }) => {
  const { files } = await open(page);
  await files.write('mosquitto.conf', '');
  await page.keyboard.type('allow_an');
  await page.keyboard.press('Control+Space');
  await expect(page.getByRole('option', { name: /^allow_anonymous/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Space');
  await expect(page.getByRole('option', { name: /false/ })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`${colorScheme}: axe finds nothing, with a problem shown`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const { files } = await open(page);
    await files.write('mosquitto.conf', 'nonsense 1\n');
    await files.apply();
    await expect(files.problems).toContainText('Unknown configuration variable "nonsense".');
    expect(await violations(page, '.wb-panels')).toEqual([]);
  });
}

test('Run with files that were not applied says so, and can apply them', async ({ page }) => {
  const { lesson, files } = await open(page);
  await files.write('mosquitto.conf', 'listener 1883\nallow_anonymous false\n');
  await expect(files.status).toHaveText(words['terminal.files.unsaved']!);
  await lesson.write(program('solution'));
  await lesson.run();
  const notice = lesson.words['workbench.notice.unapplied']!.replace('{files}', 'mosquitto.conf');
  await expect(lesson.notices).toContainText(notice);
  // The broker is as it was: it still accepts every client.
  await expect(lesson.check('connected')).toHaveAttribute('data-state', 'true');
  await lesson.notices
    .getByRole('button', { name: lesson.words['workbench.apply-and-run']! })
    .click();
  await expect(lesson.notices).not.toContainText(notice);
  await expect(files.status).toHaveText(words['terminal.files.running']!);
  await expect(files.log).toContainText('mosquitto version 2.0.21 running');
});

/** The room's terminals in a real browser: Mosquitto's clients against the page's own broker. */
import { violations } from './axe.ts';
import { expect, test } from './course.ts';
import { LessonPage } from './lesson-page.ts';
import { openPanel } from './panel-page.ts';
import { openTerminal as open, Terminal, wordsOf } from './terminal-page.ts';

test('a message goes from one terminal to another, and Ctrl-C ends the subscriber', async ({
  page,
}) => {
  const { lesson, panel, words, first } = await open(page);
  await first.enter('mosquitto_sub -t "a/#" -v -d');
  await first.shows('Subscribed (mid: 1): 0');
  await panel.getByRole('button', { name: words['terminal.new']! }).click();
  const second = new Terminal(page, panel, words, 2);
  await second.enter('mosquitto_pub -t a/b -m "hello there" -q 1; echo "status $?"');
  await second.shows('status 0');
  await first.shows('a/b hello there');
  await first.input.focus();
  await page.keyboard.press('Control+c');
  await first.shows('sending DISCONNECT');
  await first.enter('echo "status $?"');
  await first.shows('status 0');
  // The same lines are in the trace, under the terminals' names.
  const packets = await openPanel(lesson, 'packets');
  await expect(packets).toContainText('terminal-1');
  await expect(packets).toContainText('terminal-2');
});

test('the shell takes the dollar out of double quotes, as sh does', async ({ page }) => {
  const { first } = await open(page);
  await first.enter('mosquitto_sub -t "$SYS/broker/version" -E -d');
  await first.shows('Topic: /broker/version');
  await first.enter("mosquitto_sub -t '$SYS/broker/version' -C 1 -d -F '[%t]'");
  await first.shows('[$SYS/broker/version]');
  await first.enter(`mosquitto_pub -t a -m '{"t": 21}' -r; mosquitto_sub -t a -C 1`);
  // The message, and the next prompt: the line that was typed holds the message, too.
  await first.shows('-C 1{"t": 21}$ ');
  await first.enter("mosquitto_pub -t a -m it's");
  await first.shows('> ');
  await page.keyboard.press('Control+c');
  await first.enter('mosquitto_pub -t sensors/# -m x');
  await first.shows("Error: Invalid publish topic 'sensors/#', does it contain '+' or '#'?");
  await first.enter('mosquitto_pub -h broker.example -t a -m x');
  await first.shows('Unable to connect (Lookup error.).');
  await first.enter('mosquitto_pub -p 9 -t a -m x');
  await first.shows('Error: Connection refused');
});

test('a hint quotes the word that the shell let stand alone, and then no more', async ({
  page,
}) => {
  const { lesson, first } = await open(page);
  const hints = lesson.workbench.locator('.wb-hint:visible');
  await first.enter('mosquitto_pub -t hello/mqtt -m Hello, MQTT!');
  await expect(hints).toContainText('MQTT! belongs to no option');
  await first.enter("mosquitto_pub -t hello/mqtt -m 'Hello, MQTT!'");
  await expect(hints).toHaveCount(0);
});

test('a hint says that a line waits for a command, and which one the shell does not know', async ({
  page,
}) => {
  const { lesson, first } = await open(page);
  const hints = lesson.workbench.locator('.wb-hint:visible');
  await first.enter('mosquitto_sub -d -t hello/mqtt');
  await first.shows('Subscribed (mid: 1): 0');
  await first.enter("mosquitto_pub -t hello/mqtt -m 'Hello'");
  await expect(hints).toContainText('has to wait');
  await page.keyboard.press('Control+c');
  await first.enter('mosquito --version');
  await expect(hints).toContainText('mosquito --version did not run');
  // A program that reads what is typed lets nothing wait.
  await first.enter('mosquitto_pub -t hello/mqtt -l');
  await first.enter('Hello, MQTT!');
  await expect(hints).toHaveCount(0);
});

test('history, completion, several lines, and the way out by the keyboard', async ({ page }) => {
  const { first, panel, words } = await open(page);
  await first.type('mosquitto_s');
  await page.keyboard.press('Tab');
  await page.keyboard.type('--hel');
  await page.keyboard.press('Tab');
  await page.keyboard.type('| cat > /tmp/help.txt');
  await page.keyboard.press('Enter');
  await first.enter('ls /tmp');
  await first.shows('help.txt');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await first.shows('$ mosquitto_sub --help | cat > /tmp/help.txt');
  await page.keyboard.press('Control+u');
  // With nothing to complete, Tab goes on; after Escape always.
  await page.keyboard.press('Tab');
  await expect(first.input).not.toBeFocused();
  await first.type('half a line');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(first.input).not.toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(first.input).toBeFocused();
  await expect(panel.getByRole('button', { name: words['terminal.new']! })).toBeVisible();
  // It is kept for the next visit.
  await page.keyboard.press('Control+u');
  await first.enter('echo remembered');
  await first.shows(/^.*remembered/);
  await page.reload();
  const again = await open(page);
  await again.first.input.focus();
  await page.keyboard.press('ArrowUp');
  await again.first.shows('$ echo remembered');
});

test('what a message holds is shown and not obeyed', async ({ page }) => {
  const { first } = await open(page);
  await first.enter(
    String.raw`mosquitto_pub -t a -m 'x' -r; mosquitto_sub -t a -C 1 -F '\e]0;owned\a\e[31mred\e[0m\e[2J%p<b>'`,
  );
  await first.shows('␛]0;owned');
  await first.shows('x<b>');
  await expect(page).not.toHaveTitle('owned');
  await expect(first.box.locator('b')).toHaveCount(0);
});

test('help is in the reader’s language, and what the shell lacks it says', async ({ page }) => {
  const { first, words } = await open(page, 'zh-tw');
  await first.enter('help');
  await first.shows(words['terminal.help.help']!);
  await first.enter('mosquitto_sub -t a &');
  await first.shows(words['terminal.shell.no-jobs']!.replace('{construct}', '&'));
  await first.enter('nonsense');
  await first.shows('sh: nonsense: not found');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`${colorScheme}: axe finds nothing in two terminals`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const { panel, words, first } = await open(page);
    await panel.getByRole('button', { name: words['terminal.new']! }).click();
    await first.enter('mosquitto_sub --version');
    await first.shows('2.0.21');
    expect(await violations(page, '.wb-panels')).toEqual([]);
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  test('the keys that its keyboard lacks are buttons', async ({ page }) => {
    const lesson = new LessonPage(page);
    await page.goto('en/first-message/');
    await lesson.workbench.scrollIntoViewIfNeeded();
    const panel = await openPanel(lesson, 'terminal');
    const words = wordsOf('en');
    const first = new Terminal(page, panel, words, 1);
    await first.shows(/lists what it knows/);
    await first.input.focus();
    // A phone's keyboard composes words; it gives no keys.
    const phone = await page.context().newCDPSession(page);
    const compose = async (text: string) => {
      await phone.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length }); // prettier-ignore
      await phone.send('Input.insertText', { text });
      await first.shows(text.trim());
    };
    await compose('mosquitto_su');
    await first.box.getByRole('button', { name: words['terminal.key.tab']! }).tap();
    await compose('-t a -d');
    await page.keyboard.press('Enter');
    await first.shows('Subscribed (mid: 1): 0');
    await first.box.getByRole('button', { name: words['terminal.key.interrupt']! }).tap();
    await first.shows('sending DISCONNECT');
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
  });
});

test('a word that is composed at the right edge leaves the terminal where it is', async ({
  page,
}) => {
  const { first } = await open(page);
  await first.input.focus();
  await page.keyboard.type(`echo ${'x'.repeat(90)}`);
  const browser = await page.context().newCDPSession(page);
  const text = 'zhongwenshurufahenchangdeyiduanpinyin';
  await browser.send('Input.imeSetComposition', { text, selectionStart: 9, selectionEnd: 9 });
  const view = page.locator('.composition-view.active');
  await expect(view).toHaveText(text);
  const scrolled = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('.wb-terminals, .wb-terminals :not(textarea)')]
        .filter((element) => element.scrollLeft > 0)
        .map((element) => element.className),
    );
  expect(await scrolled()).toEqual([]);
});

test('text without keys is taken once: a picker of emoji, dictation', async ({ page }) => {
  const { first } = await open(page);
  await first.input.focus();
  const browser = await page.context().newCDPSession(page);
  await browser.send('Input.insertText', { text: 'echo [' });
  await page.keyboard.type('by key ');
  await browser.send('Input.insertText', { text: '🎉]' });
  await page.keyboard.press('Enter');
  await first.shows(/echo \[by key 🎉\]\s*\[by key 🎉\]/);
});

test('the focus’s frame is whole: the screen does not paint over its lower edge', async ({
  page,
}) => {
  const { first } = await open(page);
  await first.input.focus();
  await first.box.scrollIntoViewIfNeeded();
  const picture = (await first.box.screenshot({ animations: 'disabled' })).toString('base64');
  const edges = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const { width, height } = bitmap;
    const canvas = new OffscreenCanvas(width, height).getContext('2d')!;
    canvas.drawImage(bitmap, 0, 0);
    const at = (x: number, y: number) => canvas.getImageData(x, y, 1, 1).data.join();
    const [middle, low] = [Math.round(width / 2), Math.round(height / 2)];
    // The outermost row may be a part of a pixel.
    return [at(1, low), at(width - 2, low), at(middle, 1), at(middle, height - 2)];
  }, picture);
  expect(edges).toEqual(Array(4).fill(edges[0]));
});

test('an editor’s name opens the broker’s file in its panel, and the journal tells of the restart', async ({
  page,
}) => {
  const { lesson, first } = await open(page);
  await first.enter('nano /etc/mosquitto/acl');
  const files = lesson.workbench.locator('.wb-panel-body[data-panel="files"]');
  await expect(files.getByRole('tab', { name: 'acl' })).toHaveAttribute('aria-selected', 'true');
  await expect(files.locator('textarea, .native-edit-context').first()).toBeFocused();
  await openPanel(lesson, 'terminal');
  await first.enter('sudo systemctl restart mosquitto && journalctl -fu mosquitto -n 1');
  await first.shows(/[A-Z][a-z]{2} \d\d [\d:]{8} broker \S+: /);
});

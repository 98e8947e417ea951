/** A finger on a narrow touch screen. */
import type { Locator } from '@playwright/test';
import { expect } from './course.ts';
import type { Hands } from './passing.ts';
import type { Bench } from './passing-bench.ts';

export class Finger implements Hands {
  readonly bench: Bench;
  constructor(bench: Bench) {
    this.bench = bench;
  }

  async come(): Promise<void> {
    const { bench } = this;
    await bench.goto();
    await this.#swipe();
    await bench.element.scrollIntoViewIfNeeded();
    await bench.ready();
    await this.#fits();
  }
  async program(file: string, text: string): Promise<void> {
    const { bench } = this;
    const tab = bench.fileTab(file);
    if ((await tab.getAttribute('role')) === 'tab') await this.#tap(tab);
    await this.#write(bench.editor, text);
  }
  async run(): Promise<void> {
    // The bar at the thumb is there without scrolling.
    await expect(this.bench.run).toBeInViewport({ ratio: 1 });
    await this.#tap(this.bench.run);
  }
  async brokerFile(name: string, text: string): Promise<void> {
    await this.#panel('files');
    await this.#tap(this.bench.brokerFileTab(name));
    await this.#write(this.bench.brokerEditor, text);
  }
  async applyFiles(): Promise<void> {
    await this.#panel('files');
    await this.#tap(this.bench.apply);
    await this.bench.applied();
  }
  async enter(terminal: number, line: string): Promise<void> {
    const { bench } = this;
    await this.#panel('terminal');
    if ((await bench.terminal(terminal).count()) === 0) await this.#tap(bench.newTerminal);
    await bench.prompts(terminal);
    const { page } = bench;
    await this.#tap(bench.terminal(terminal).locator('.wb-terminal-screen'));
    await expect(bench.terminal(terminal).getByRole('textbox')).toBeFocused();
    await this.#compose(line);
    await expect.poll(() => bench.lastLine(terminal)).not.toBe('$');
    const before = await bench.countTrue();
    await page.keyboard.press('Enter');
    await bench.hasTaken(terminal, before);
  }
  async fillIn(): Promise<void> {
    await this.#tap(this.bench.fillIn);
  }

  async look(): Promise<void> {
    await this.bench.element.scrollIntoViewIfNeeded();
  }

  /** Everything that a learner needs is under the finger: a tap would reach it, and nothing above it. */
  async reachesAll(): Promise<void> {
    const { bench } = this;
    const needed = [...(await bench.element.locator('[data-check]').all())];
    if (await bench.run.isVisible()) needed.push(bench.run);
    for (const each of needed) await each.tap({ trial: true });
    for (const tab of await bench.panelTabs.all()) {
      await this.#tap(tab);
      await expect(tab).toHaveAttribute('aria-selected', 'true');
      await bench.panelReady((await tab.getAttribute('data-panel'))!);
    }
    await this.#fits();
  }

  /** Whoever reads, moves the page; without it nothing of the workbench is loaded. */
  async #swipe(): Promise<void> {
    const { page } = this.bench;
    const { width, height } = page.viewportSize()!;
    const phone = await page.context().newCDPSession(page);
    await phone.send('Input.synthesizeScrollGesture', {
      ...{ x: width / 2, y: height / 2, yDistance: -200, gestureSourceType: 'touch' },
    });
    await phone.detach();
  }
  /** A phone's keyboard composes words; it gives no keys. */
  async #compose(text: string): Promise<void> {
    const { page } = this.bench;
    const phone = await page.context().newCDPSession(page);
    const end = text.length;
    await phone.send('Input.imeSetComposition', { text, selectionStart: end, selectionEnd: end });
    await phone.send('Input.insertText', { text });
    await phone.detach();
  }
  async #panel(name: string): Promise<void> {
    if ((await this.bench.panelTab(name).getAttribute('aria-selected')) !== 'true')
      await this.#tap(this.bench.panelTab(name));
    await this.bench.panelReady(name);
  }
  async #write(place: Locator, text: string): Promise<void> {
    const { keyboard } = this.bench.page;
    const field = place.getByRole('textbox');
    await this.#tap(field);
    await expect(field).toBeFocused();
    // A phone has “Select all” in the menu that a long press opens.
    await keyboard.press('ControlOrMeta+a');
    await keyboard.insertText(text);
    const lines = place.locator('.cm-line');
    await expect.poll(async () => (await lines.allTextContents()).join('\n')).toBe(text);
    await this.#fits();
  }
  async #tap(what: Locator): Promise<void> {
    await what.tap();
    await this.#fits();
  }
  /** Nothing is wider than the screen. */
  async #fits(): Promise<void> {
    const { page } = this.bench;
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(page.viewportSize()!.width);
  }
}

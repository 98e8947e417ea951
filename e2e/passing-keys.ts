/** Keys alone: Tab from the page's beginning, the workbench's own keys, no pointer. */
import type { Locator } from '@playwright/test';
import { expect } from './course.ts';
import type { Hands } from './passing.ts';
import type { Bench } from './passing-bench.ts';

/** More than any lesson has to go through. */
const MOST_TABS = 200;

const hasFocus = (place: Locator): Promise<boolean> =>
  place.evaluateAll((all) => all.some((one) => one.contains(document.activeElement)));

export class Keys implements Hands {
  readonly bench: Bench;
  constructor(bench: Bench) {
    this.bench = bench;
  }

  async come(): Promise<void> {
    const { bench } = this;
    await bench.goto();
    await this.#tab(bench.element);
    await bench.ready();
    // What had the focus may have been the page's own Run, before the workbench stood there.
    if (!(await hasFocus(bench.element))) await this.#tab(bench.element);
  }
  async program(file: string, text: string): Promise<void> {
    const { bench } = this;
    const tab = bench.fileTab(file);
    if ((await tab.getAttribute('role')) === 'tab') {
      await this.#press('Alt+PageDown', async () => (await tab.getAttribute('aria-selected')) === 'true'); // prettier-ignore
    }
    await this.#area(bench.editor);
    await this.#write(text);
    // The way out.
    await this.#press('Escape', () => hasFocus(bench.run));
  }
  async run(): Promise<void> {
    const { bench } = this;
    await this.#area(bench.run);
    await bench.page.keyboard.press('Enter');
  }
  async brokerFile(name: string, text: string): Promise<void> {
    const { bench } = this;
    await this.#panel('files');
    await this.#tab(bench.panel('files').getByRole('tab'));
    await this.#press('ArrowRight', () => hasFocus(bench.brokerFileTab(name)));
    await this.#tab(bench.brokerEditor);
    await this.#write(text);
    await this.#press('Escape', () => hasFocus(bench.apply));
  }
  async applyFiles(): Promise<void> {
    const { bench } = this;
    if (!(await hasFocus(bench.apply))) {
      await this.#panel('files');
      await this.#tab(bench.brokerEditor);
      await this.#press('Escape', () => hasFocus(bench.apply));
    }
    await bench.page.keyboard.press('Enter');
    await bench.applied();
  }
  async enter(terminal: number, line: string): Promise<void> {
    const { bench } = this;
    const { keyboard } = bench.page;
    await this.#panel('terminal');
    if ((await bench.terminal(terminal).count()) === 0) {
      await this.#tab(bench.newTerminal);
      await keyboard.press('Enter');
    } else await this.#tab(bench.terminal(terminal).getByRole('textbox'));
    await expect(bench.terminal(terminal).getByRole('textbox')).toBeFocused();
    await bench.prompts(terminal);
    await keyboard.type(line);
    const before = await bench.countTrue();
    await keyboard.press('Enter');
    await bench.hasTaken(terminal, before);
  }
  async fillIn(): Promise<void> {
    const { bench } = this;
    await this.#tab(bench.fillIn);
    await bench.page.keyboard.press('Enter');
    await expect(bench.own.getByRole('status')).toHaveText(bench.word('own.filled'));
  }
  async look(): Promise<void> {
    await this.#tab(this.bench.element);
  }

  async #panel(name: string): Promise<void> {
    const { bench } = this;
    await this.#area(bench.panelTabs);
    const tab = bench.panelTab(name);
    await this.#press('ArrowRight', () => hasFocus(tab));
    await bench.panelReady(name);
  }
  async #write(text: string): Promise<void> {
    const { keyboard } = this.bench.page;
    await keyboard.press('ControlOrMeta+a');
    await keyboard.insertText(text);
  }
  /** F6 goes round the workbench's parts. */
  async #area(part: Locator): Promise<void> {
    await this.#tab(this.bench.element);
    await this.#press('F6', () => hasFocus(part));
  }
  /** Whoever presses a key has seen what the one before has done: the page is drawn. */
  async #seen(): Promise<void> {
    await this.bench.page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
  }
  /** Nothing is pressed where it is so already. */
  async #press(key: string, until: () => Promise<boolean>, most = 12): Promise<void> {
    for (let pressed = 0; !(await until()); pressed += 1) {
      expect(pressed, `${key} leads there`).toBeLessThan(most);
      await this.bench.page.keyboard.press(key);
    }
  }
  /**
   * With Tab; where an editor keeps it, F6 leads on. A workbench that came only when Tab had gone by
   * its place is behind.
   */
  async #tab(to: Locator): Promise<void> {
    await this.#seen();
    for (let pressed = 0; !(await hasFocus(to)); pressed += 1) {
      expect(pressed, 'Tab leads there').toBeLessThan(MOST_TABS);
      const { isBehind, inEditor } = await to.first().evaluate((target) => {
        const active = document.activeElement ?? document.body;
        return {
          isBehind: (active.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING) > 0,
          inEditor: active.closest('.monaco-editor') !== null,
        };
      });
      const onwards = inEditor ? 'F6' : 'Tab';
      await this.bench.page.keyboard.press(isBehind ? `Shift+${onwards}` : onwards);
      await this.#seen();
    }
  }
}

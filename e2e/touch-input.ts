/** A finger on a narrow touch screen. */
import type { Locator } from '@playwright/test';
import type { FaultRule } from '../sandbox/protocol/faults.ts';
import { expect } from './course.ts';
import type { InputMethod } from './solve-exercise.ts';
import type { ExerciseWorkbench } from './exercise-workbench.ts';

export class TouchInput implements InputMethod {
  readonly workbench: ExerciseWorkbench;
  constructor(workbench: ExerciseWorkbench) {
    this.workbench = workbench;
  }

  async come(): Promise<void> {
    const { workbench } = this;
    await workbench.goto();
    await this.#swipe();
    await workbench.element.scrollIntoViewIfNeeded();
    await workbench.ready();
    await this.#fits();
  }
  async program(file: string, text: string): Promise<void> {
    const { workbench } = this;
    await this.#putDown();
    const tab = workbench.fileTab(file);
    if ((await tab.getAttribute('role')) === 'tab') await this.#tap(tab);
    await this.#write(workbench.editor, text);
  }
  async run(): Promise<void> {
    // The bar at the thumb is there without scrolling.
    await expect(this.workbench.run).toBeInViewport({ ratio: 1 });
    await this.#tap(this.workbench.run);
  }
  async brokerFile(name: string, text: string): Promise<void> {
    await this.#panel('files');
    await this.#tap(this.workbench.brokerFileTab(name));
    await this.#write(this.workbench.brokerEditor, text);
  }
  async applyFiles(): Promise<void> {
    await this.#panel('files');
    await this.#tap(this.workbench.apply);
    await this.workbench.applied();
  }
  async arm(rule: FaultRule): Promise<void> {
    const { workbench } = this;
    await this.#panel('line');
    // A phone shows its own list of a select's options: no tap of the page chooses one.
    for (const [field, value] of workbench.faultFields(rule)) {
      await this.#tap(field);
      await field.selectOption(value);
    }
    const before = await workbench.armed.count();
    await this.#tap(workbench.arm);
    await expect(workbench.armed).toHaveCount(before + 1);
  }
  async enter(terminal: number, line: string): Promise<void> {
    const { workbench } = this;
    await this.#panel('terminal');
    if ((await workbench.terminal(terminal).count()) === 0) await this.#tap(workbench.newTerminal);
    await workbench.prompts(terminal);
    const { page } = workbench;
    await this.#tap(workbench.terminal(terminal).locator('.wb-terminal-screen'));
    await expect(workbench.terminal(terminal).getByRole('textbox')).toBeFocused();
    await this.#compose(line);
    await expect.poll(() => workbench.lastLine(terminal)).not.toBe('$');
    const before = await workbench.countTrue();
    await page.keyboard.press('Enter');
    await workbench.hasTaken(terminal, before);
  }
  async fillIn(): Promise<void> {
    await this.#tap(this.workbench.fillIn);
  }

  async look(): Promise<void> {
    await this.workbench.element.scrollIntoViewIfNeeded();
  }

  /** Everything that a learner needs is under the finger: a tap would reach it, and nothing above it. */
  async reachesAll(): Promise<void> {
    const { workbench } = this;
    const needed = [...(await workbench.element.locator('[data-check]').all())];
    if (await workbench.run.isVisible()) needed.push(workbench.run);
    for (const each of needed) await each.tap({ trial: true });
    for (const tab of await workbench.panelTabs.all()) {
      await this.#tap(tab);
      await expect(tab).toHaveAttribute('aria-selected', 'true');
      await workbench.panelReady((await tab.getAttribute('data-panel'))!);
    }
    await this.#fits();
  }

  /** Whoever reads, moves the page; without it nothing of the workbench is loaded. */
  async #swipe(): Promise<void> {
    const { page } = this.workbench;
    const { width, height } = page.viewportSize()!;
    const phone = await page.context().newCDPSession(page);
    await phone.send('Input.synthesizeScrollGesture', {
      ...{ x: width / 2, y: height / 2, yDistance: -200, gestureSourceType: 'touch' },
    });
    await phone.detach();
  }
  /** A phone's keyboard composes words; it gives no keys. */
  async #compose(text: string): Promise<void> {
    const { page } = this.workbench;
    const phone = await page.context().newCDPSession(page);
    const end = text.length;
    await phone.send('Input.imeSetComposition', { text, selectionStart: end, selectionEnd: end });
    await phone.send('Input.insertText', { text });
    await phone.detach();
  }
  /** What a run had slide up stands above the program. */
  async #putDown(): Promise<void> {
    const close = this.workbench.element.locator('.wb-sheet-close');
    if (await close.isVisible()) await this.#tap(close);
    await expect(close).toBeHidden();
  }
  async #panel(name: string): Promise<void> {
    if ((await this.workbench.panelTab(name).getAttribute('aria-selected')) !== 'true')
      await this.#tap(this.workbench.panelTab(name));
    await this.workbench.panelReady(name);
  }
  async #write(place: Locator, text: string): Promise<void> {
    const { keyboard } = this.workbench.page;
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
    const { page } = this.workbench;
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(page.viewportSize()!.width);
  }
}

/** KeyboardInput alone: Tab from the page's beginning, the workbench's own keys, no pointer. */
import type { Locator } from '@playwright/test';
import type { FaultRule } from '../sandbox/protocol/faults.ts';
import { expect } from './course.ts';
import type { InputMethod } from './solve-exercise.ts';
import type { ExerciseWorkbench } from './exercise-workbench.ts';

/** More than any lesson has to go through. */
const MOST_TABS = 200;

const hasFocus = (place: Locator): Promise<boolean> =>
  place.evaluateAll((all) => all.some((one) => one.contains(document.activeElement)));

export class KeyboardInput implements InputMethod {
  readonly workbench: ExerciseWorkbench;
  constructor(workbench: ExerciseWorkbench) {
    this.workbench = workbench;
  }

  async come(): Promise<void> {
    const { workbench } = this;
    await workbench.goto();
    await this.#tab(workbench.element);
    await workbench.ready();
    // What had the focus may have been the page's own Run, before the workbench stood there.
    if (!(await hasFocus(workbench.element))) await this.#tab(workbench.element);
  }
  async program(file: string, text: string): Promise<void> {
    const { workbench } = this;
    const tab = workbench.fileTab(file);
    if ((await tab.getAttribute('role')) === 'tab') {
      await this.#press('Alt+PageDown', async () => (await tab.getAttribute('aria-selected')) === 'true'); // prettier-ignore
    }
    await this.#area(workbench.editor);
    await this.#write(text);
    // Leaves the editor.
    await this.#press('Escape', () => hasFocus(workbench.run));
  }
  async run(): Promise<void> {
    const { workbench } = this;
    await this.#area(workbench.run);
    await workbench.page.keyboard.press('Enter');
  }
  async brokerFile(name: string, text: string): Promise<void> {
    const { workbench } = this;
    await this.#panel('files');
    await this.#tab(workbench.panel('files').getByRole('tab'));
    await this.#press('ArrowRight', () => hasFocus(workbench.brokerFileTab(name)));
    await this.#tab(workbench.brokerEditor);
    await this.#write(text);
    await this.#press('Escape', () => hasFocus(workbench.apply));
  }
  async applyFiles(): Promise<void> {
    const { workbench } = this;
    if (!(await hasFocus(workbench.apply))) {
      await this.#panel('files');
      await this.#tab(workbench.brokerEditor);
      await this.#press('Escape', () => hasFocus(workbench.apply));
    }
    await workbench.page.keyboard.press('Enter');
    await workbench.applied();
  }
  async arm(rule: FaultRule): Promise<void> {
    const { workbench } = this;
    const { keyboard } = workbench.page;
    await this.#panel('line');
    for (const [field, value] of workbench.faultFields(rule)) {
      await this.#tab(field);
      await keyboard.press('Home');
      await this.#press('ArrowDown', async () => (await field.inputValue()) === value);
    }
    const before = await workbench.armed.count();
    await this.#tab(workbench.arm);
    await keyboard.press('Enter');
    await expect(workbench.armed).toHaveCount(before + 1);
  }
  async enter(terminal: number, line: string): Promise<void> {
    const { workbench } = this;
    const { keyboard } = workbench.page;
    await this.#panel('terminal');
    if ((await workbench.terminal(terminal).count()) === 0) {
      await this.#tab(workbench.newTerminal);
      await keyboard.press('Enter');
    } else await this.#tab(workbench.terminal(terminal).getByRole('textbox'));
    await expect(workbench.terminal(terminal).getByRole('textbox')).toBeFocused();
    await workbench.prompts(terminal);
    await keyboard.type(line);
    const before = await workbench.countTrue();
    await keyboard.press('Enter');
    await workbench.hasTaken(terminal, before);
  }
  async fillIn(): Promise<void> {
    const { workbench } = this;
    await this.#tab(workbench.fillIn);
    await workbench.page.keyboard.press('Enter');
    await expect(workbench.own.getByRole('status').first()).toHaveText(
      workbench.word('own.filled'),
    );
  }
  /** Tab to it, and Enter. */
  async press(what: Locator): Promise<void> {
    await this.#tab(what);
    await this.workbench.page.keyboard.press('Enter');
  }
  async look(): Promise<void> {
    await this.#tab(this.workbench.element);
  }

  async #panel(name: string): Promise<void> {
    const { workbench } = this;
    await this.#area(workbench.panelTabs);
    const tab = workbench.panelTab(name);
    await this.#press('ArrowRight', () => hasFocus(tab));
    await workbench.panelReady(name);
  }
  async #write(text: string): Promise<void> {
    const { keyboard } = this.workbench.page;
    await keyboard.press('ControlOrMeta+a');
    await keyboard.insertText(text);
  }
  /** F6 goes round the workbench's parts. */
  async #area(part: Locator): Promise<void> {
    await this.#tab(this.workbench.element);
    await this.#press('F6', () => hasFocus(part));
  }
  /** Whoever presses a key has seen what the one before has done: the page is drawn. */
  async #seen(): Promise<void> {
    await this.workbench.page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
  }
  /** Nothing is pressed if it is so already. */
  async #press(key: string, until: () => Promise<boolean>, most = 12): Promise<void> {
    for (let pressed = 0; !(await until()); pressed += 1) {
      expect(pressed, `${key} leads there`).toBeLessThan(most);
      await this.workbench.page.keyboard.press(key);
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
      await this.workbench.page.keyboard.press(isBehind ? `Shift+${onwards}` : onwards);
      await this.#seen();
    }
  }
}

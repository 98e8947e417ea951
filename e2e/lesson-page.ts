/** A lesson as a learner sees it: found by roles and by the words on the page. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, type Locator, type Page } from '@playwright/test';

export type Language = 'en' | 'zh-tw';

const file = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
export const wordsOf = (language: Language) =>
  JSON.parse(file(`src/i18n/${language}/workbench.json`)) as Record<string, string>;

/** A program of the exercise from the repository: `solution`, `mistakes/wrong-case` … */
export const program = (folder: string): string =>
  file(`lessons/first-message/publish/${folder}/publisher.ts`);

export class LessonPage {
  readonly page: Page;
  readonly words: Record<string, string>;
  readonly language: Language;

  constructor(page: Page, language: Language = 'en') {
    this.page = page;
    this.language = language;
    this.words = wordsOf(language);
  }

  get workbench(): Locator {
    return this.page.locator('mqtt-workbench');
  }
  button(key: 'run' | 'stop' | 'reset' | 'undo'): Locator {
    const name = this.words[`workbench.${key}`]!;
    return this.workbench.getByRole('button', { name, exact: true });
  }
  /** Where there is little room it is a tab, which need not be in front. */
  get output(): Locator {
    const name = this.words['workbench.console']!;
    return this.workbench.getByRole('log', { name, includeHidden: true });
  }
  get packets(): Locator {
    return this.workbench.getByRole('listbox', { name: this.words['workbench.packets.label']! });
  }
  /** What the scene's subscriber has received. */
  get messages(): Locator {
    return this.output.locator('.wb-message', { has: this.page.getByTitle('subscriber') });
  }
  get state(): Locator {
    return this.workbench.locator('.wb-state');
  }
  check(id: string): Locator {
    return this.workbench.locator(`[data-check="${id}"]`);
  }
  get editor(): Locator {
    return this.workbench.locator('.monaco-editor').first();
  }
  get notices(): Locator {
    return this.workbench.locator('.wb-notices');
  }

  /** Opens the lesson and waits until the program can be edited. */
  async open(): Promise<void> {
    await this.page.goto(`${this.language}/first-message/`);
    await this.editorReady();
    await this.showPackets();
  }
  /** Most tests read the packets of a run: their tab comes to the front. */
  async showPackets(): Promise<void> {
    const name = this.words['workbench.panel.packets']!;
    const tabs = this.workbench.getByRole('tab', { name, exact: true });
    for (const tab of await tabs.all()) await tab.click();
  }
  async editorReady(): Promise<void> {
    await this.workbench.scrollIntoViewIfNeeded();
    // Without a sign of a reader there is no workbench.
    await this.page.mouse.move(8, 8);
    await expect(this.editor).toBeVisible({ timeout: 30_000 });
    await expect(this.workbench.locator('.wb-code')).not.toHaveAttribute('aria-busy', 'true');
  }

  /** Replaces the whole program by pasting: typed, the editor would close brackets by itself. */
  async write(text: string): Promise<void> {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    // In the first line in sight: after a run there may be three, and a note below the first.
    await this.editor.click({ position: { x: 160, y: 14 } });
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await this.page.keyboard.press('ControlOrMeta+v');
  }
  async run(): Promise<void> {
    await this.button('run').click();
  }
  async expectState(key: string): Promise<void> {
    await expect(this.state).toHaveText(this.words[`workbench.state.${key}`]!);
  }
  async expectAllTrue(): Promise<void> {
    for (const id of ['connected', 'published', 'delivered']) {
      await expect(this.check(id)).toHaveAttribute('data-state', 'true');
    }
  }
  /** The commands for a shell, from the page: the only place with the room's address. */
  async ownComputer(): Promise<string[]> {
    await this.workbench.getByText(this.words['workbench.own']!, { exact: true }).click();
    const commands = this.workbench.locator('.wb-command code');
    await expect(commands.first()).toBeVisible();
    return commands.allTextContents();
  }
}

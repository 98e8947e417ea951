/** A lesson's workbench with several programs, found by roles and by the words on the page. */
import { expect, type Locator } from '@playwright/test';
import { LessonPage } from './lesson-page.ts';

export class WorkbenchPage extends LessonPage {
  async openLesson(slug: string, fragment = ''): Promise<void> {
    await this.page.goto(`${this.language}/${slug}/${fragment}`);
    await this.editorReady();
    await this.showPackets();
  }
  word(key: string, values: Record<string, string | number> = {}): string {
    return this.words[`workbench.${key}`]!.replace(/\{(\w+)\}/g, (_, name) => `${values[name]}`);
  }

  tab(file: string): Locator {
    return this.workbench.locator(`.wb-file[data-file="${file}"]`);
  }
  async expectDevice(file: string, state: string): Promise<void> {
    await expect(this.tab(file)).toHaveAttribute('data-state', state);
  }
  /** By the menu at the end of the programs' row, for the program in front. */
  async device(item: 'run' | 'end' | 'kill' | 'freeze'): Promise<void> {
    await this.menu('device', `device.${item}`);
  }
  async more(item: string): Promise<void> {
    await this.menu('more', item);
  }
  async menu(button: string, item: string): Promise<void> {
    await this.workbench
      .getByRole('button', { name: this.word(button), exact: true })
      .first()
      .click();
    const role = item === 'device.freeze' ? 'menuitemcheckbox' : 'menuitem';
    await this.workbench.getByRole(role, { name: this.word(item) }).click();
  }
  /** By its name: in a name, white space is one space. */
  packet(name: RegExp): Locator {
    return this.packets.getByRole('option', { name });
  }
  /** Opens the panel's tab if it has none, and brings it to the front. */
  async panel(name: string): Promise<void> {
    const tab = this.workbench.getByRole('tab', { name: this.word(`panel.${name}`), exact: true });
    if ((await tab.count()) === 0) {
      await this.workbench.locator('.wb-panel-bar .wb-panel-more').click();
      await this.workbench
        .getByRole('menuitemcheckbox', { name: this.word(`panel.${name}`), exact: true })
        .click();
    } else await tab.click();
  }
}

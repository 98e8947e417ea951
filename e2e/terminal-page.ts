/** The page's terminals, as a person and a screen reader have them. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect } from './course.ts';
import { LessonPage, type Language } from './lesson-page.ts';
import { openPanel } from './panel-page.ts';

export const wordsOf = (language: Language) =>
  JSON.parse(readFileSync(new URL(`../src/i18n/${language}/terminal.json`, import.meta.url), 'utf8')) as Record<string, string>; // prettier-ignore

export class Terminal {
  readonly page: Page;
  readonly box: Locator;
  constructor(page: Page, panel: Locator, words: Record<string, string>, number: number) {
    this.page = page;
    const name = words['terminal.title']!.replace('{number}', String(number));
    this.box = panel.getByRole('group', { name, exact: true });
  }
  /** What a screen reader finds of it, which is what is on its screen. */
  get screen(): Locator {
    return this.box.locator('.xterm-accessibility-tree');
  }
  get input(): Locator {
    return this.box.getByRole('textbox');
  }
  async type(text: string): Promise<void> {
    await this.input.focus();
    await this.page.keyboard.type(text);
  }
  async enter(line: string): Promise<void> {
    await this.type(line);
    await this.page.keyboard.press('Enter');
  }
  async shows(text: string | RegExp): Promise<void> {
    await expect(this.screen).toContainText(text);
  }
}

export async function openTerminal(page: Page, language: Language = 'en') {
  const lesson = new LessonPage(page, language);
  await lesson.open();
  const panel = await openPanel(lesson, 'terminal');
  const words = wordsOf(language);
  const first = new Terminal(page, panel, words, 1);
  await first.shows(words['terminal.greeting']!);
  return { lesson, panel, words, first };
}

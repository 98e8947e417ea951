/** A class in several browsers: the teacher's page, and devices of learners. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { expect, giveSign } from './course.ts';

/** A device of its own, with its own cookies. */
export async function device(
  browser: Browser,
  origin: string,
  viewport = { width: 1366, height: 768 },
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: origin, viewport });
  await context.addInitScript(giveSign);
  return context;
}

/** What the server made at its first start, in its data folder. */
export const teacherSecret = (data: string): string =>
  readFileSync(join(data, 'teacher-secret'), 'utf8').trim();

/** Opens the teacher's link and starts a class; returns its code. */
export async function startClass(
  page: Page,
  data: string,
  words = {
    start: 'Start a class',
    close: 'Close',
    all: 'All classes',
    manage: 'Code, files, end',
  },
  path = '/teach',
): Promise<string> {
  await page.goto(`${path}#${teacherSecret(data)}`);
  const start = page.getByRole('button', { name: words.start });
  const manage = page.getByText(words.manage);
  await expect(start.or(manage)).toBeVisible();
  // An earlier test's class is shown at once if it is the only one.
  if (await manage.isVisible()) {
    await unfold(page, words.manage);
    await page.getByRole('button', { name: words.all }).click();
  }
  await start.click();
  const code = (await page.locator('.big-code').getAttribute('aria-label'))!;
  await page.getByRole('button', { name: words.close, exact: true }).click();
  await expect(page.locator('dialog[data-code]')).toBeHidden();
  return code;
}

export async function joinClass(page: Page, code: string, name: string): Promise<void> {
  await page.goto(`/join/${code}`);
  await page.getByLabel(/Your name|你的名字/).fill(name);
  await page.keyboard.press('Enter');
  await expect(page.locator('.words')).toBeVisible();
}

/**
 * Opens a folded part of the teacher's page. By a key: a click that begins and ends while somebody joins, and
 * the list above grows, ends elsewhere.
 */
export async function unfold(page: Page, title: string): Promise<void> {
  const summary = page.locator('summary', { hasText: title });
  const part = page.locator('details', { has: summary });
  // A dialog that has just been closed may take the focus back between the two halves of a press.
  await expect(async () => {
    if ((await part.getAttribute('open')) === null) await summary.press('Enter');
    expect(await part.getAttribute('open')).toBe('');
  }).toPass();
}

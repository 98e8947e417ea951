/** The editor of an exercise in a frame. */
import { expect, type FrameLocator, type Page } from '@playwright/test';

/** Replaces the program by pasting, as `LessonPage.write` does. */
export async function writeInFrame(page: Page, frame: FrameLocator, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await frame.locator('mqtt-workbench').scrollIntoViewIfNeeded();
  await frame.locator('mqtt-workbench').hover();
  const editor = frame.locator('.monaco-editor').first();
  await expect(editor).toBeVisible({ timeout: 30_000 });
  await expect(frame.locator('.wb-code')).not.toHaveAttribute('aria-busy', 'true');
  await editor.locator('.view-lines').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+v');
  await expect(editor).toContainText('publishAsync');
}

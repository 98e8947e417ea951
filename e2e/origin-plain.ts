/**
 * The course as a class reaches it: by plain http at an address that is not localhost, where a
 * browser has no service worker, no `crypto.randomUUID`, no `crypto.subtle` and no clipboard.
 */
import { launchOptions } from './browser.ts';
import { test as base } from './course.ts';
import { WorkbenchPage } from './workbench-page.ts';

const HOST = 'class.test';
const { args = [], ...others } = launchOptions();

export const test = base.extend({
  launchOptions: [
    { ...others, args: [...args, `--host-resolver-rules=MAP ${HOST} 127.0.0.1`] },
    { scope: 'worker' },
  ],
  baseURL: ({ course }, use) => use(`${course.origin.replace('localhost', HOST)}/`),
  /** The host that nothing may leave is this one; without it the watch would take it for another. */
  watchedOrigin: ({ course }, use) => use(course.origin.replace('localhost', HOST)),
});

/** A workbench whose tests can't use the clipboard either: copying uses the old way. */
export class PlainPage extends WorkbenchPage {
  override async write(text: string): Promise<void> {
    await this.editor.locator('.view-lines').click();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.evaluate((copied) => {
      const before = document.activeElement as HTMLElement;
      const field = document.body.appendChild(document.createElement('textarea'));
      field.value = copied;
      field.select();
      if (!document.execCommand('copy')) throw new Error('nothing was copied');
      field.remove();
      before.focus();
    }, text);
    await this.page.keyboard.press('ControlOrMeta+v');
  }

  /** The content of the clipboard, read by pasting it. */
  async pasted(): Promise<string> {
    await this.page.evaluate(() => {
      const field = document.body.appendChild(document.createElement('textarea'));
      field.id = 'pasted';
      field.focus();
    });
    await this.page.keyboard.press('ControlOrMeta+v');
    return this.page.locator('#pasted').evaluate((field) => {
      field.remove();
      return (field as HTMLTextAreaElement).value;
    });
  }
}

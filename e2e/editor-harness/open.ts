import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import ts from 'typescript';
import type { LineMap } from '../../src/workbench/compile/compiled.ts';
import { transpile } from '../../src/workbench/compile/transpile.ts';
import { compileSentences } from '../../src/workbench/editor/sentences.ts';
import type { FromDevice } from '../../src/workbench/device/messages.ts';
import { launchOptions } from '../browser.ts';
import { startHarness } from './server.ts';
import type { Harness } from './server.ts';

export interface Opened extends Harness {
  browser: Browser;
  page: Page;
  /** Errors of the page outside of programs. */
  troubles: string[];
}

export async function open(
  options: { frameHeader?: boolean; coarse?: boolean } = {},
): Promise<Opened> {
  const harness = await startHarness(options);
  const launch = launchOptions();
  // As desktop browsers do it: the frame of opaque origin has a process of its own.
  const browser = await chromium.launch({
    ...launch,
    args: [...(launch.args ?? []), '--site-per-process'],
  });
  const page = await browser.newPage(
    options.coarse ? { hasTouch: true, isMobile: true, viewport: { width: 400, height: 700 } } : {},
  );
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  await page.goto(`${harness.origin}/`);
  await page.waitForFunction(() => 'harness' in globalThis);
  return {
    ...harness,
    browser,
    page,
    troubles,
    async close() {
      await browser.close();
      await harness.close();
    },
  };
}

export function compile(text: string): { program: string; map: LineMap } {
  const result = transpile(ts, 'publisher.ts', text, compileSentences('en'));
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result;
}

/** Runs a program to its last message; `stopAfter` stops it at the first console line that contains that. */
export async function run(page: Page, text: string, stopAfter?: string): Promise<FromDevice[]> {
  return page.evaluate(
    async ({ program, mark }) => {
      const run = await harness.run(program);
      await Promise.race([
        run.wait('ended'),
        run.wait('failed'),
        ...(mark === undefined ? [] : [run.wait('console', mark)]),
      ]);
      run.device?.stop();
      return run.messages;
    },
    { program: compile(text).program, mark: stopAfter },
  );
}

export const printed = (messages: FromDevice[]): string[] =>
  messages.flatMap((message) => (message.type === 'console' ? [message.text] : []));

declare global {
  const harness: import('./page.ts').HarnessPage;
}

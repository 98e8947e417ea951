/** Lighthouse's four scores of a page, by its own program. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchOptions } from '../../e2e/browser.ts';
import { command, folder } from './tools.ts';

export type Scores = Record<'performance' | 'accessibility' | 'best-practices' | 'seo', number>;

/** @param hidden a page that asks search engines to leave it out: that alone is no fault of it */
export async function scoresOf(name: string, url: string, hidden: boolean): Promise<Scores> {
  const { executablePath = '', args = [] } = launchOptions();
  const report = join(folder, 'lighthouse.json');
  const program = join(folder, 'node_modules', 'lighthouse', 'cli', 'index.js');
  await command(
    `Lighthouse: ${name}`,
    folder,
    process.execPath,
    [
      program,
      url,
      '--quiet',
      '--output=json',
      `--output-path=${report}`,
      '--only-categories=performance,accessibility,best-practices,seo',
      ...(hidden ? ['--skip-audits=is-crawlable'] : []),
      `--chrome-flags=${['--headless=new', ...args].join(' ')}`,
    ],
    executablePath ? { CHROME_PATH: executablePath } : {},
  );
  const { categories, runtimeError } = JSON.parse(readFileSync(report, 'utf8')) as {
    categories: Record<keyof Scores, { score: number | null }>;
    runtimeError?: { message: string };
  };
  if (runtimeError) throw new Error(`Lighthouse: ${name}: ${runtimeError.message}`);
  const entries = Object.entries(categories).map(([id, { score }]) => [id, (score ?? 0) * 100]);
  return Object.fromEntries(entries) as Scores;
}

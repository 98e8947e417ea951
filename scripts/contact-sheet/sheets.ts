/** The pictures of all walks on pages that one can look through: index.html, and a PNG of each part. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import type { Picture, Walked } from './walk.ts';

/** Pictures on one PNG, and the width of each in CSS pixels. */
const layoutOf = (width: number) =>
  width < 500 ? { most: 27, width: 160 } : { most: 20, width: 360 };

/** Of this run and of earlier ones: a walk in parts is one sheet. */
export function readWalks(folder: string): Walked[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Walked);
}

/** @returns the files of the sheets */
export async function writeSheets(
  browser: Browser,
  folder: string,
  pictures: readonly Picture[],
): Promise<string[]> {
  const groups = Map.groupBy(pictures, ({ group }) => group);
  const parts = [...groups].flatMap(([group, all]) => {
    const { most } = layoutOf(all[0]!.width);
    const count = Math.ceil(all.length / most);
    return Array.from({ length: count }, (_, at) => ({
      name: `sheet-${group}-${at + 1}`,
      shown: all.slice(at * most, (at + 1) * most),
    }));
  });
  writeFileSync(join(folder, 'index.html'), pageOf(parts.flatMap(({ shown }) => shown)));
  const page = await browser.newPage({ viewport: { width: 1500, height: 900 } });
  const files: string[] = [];
  for (const { name, shown } of parts) {
    const file = join(folder, `${name}.html`);
    writeFileSync(file, pageOf(shown));
    await page.goto(`file://${file}`);
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    files.push(join(folder, `${name}.png`));
  }
  await page.close();
  return files;
}

function pageOf(pictures: readonly Picture[]): string {
  const figures = pictures.map(({ file, title, width }) => {
    const style = `width: ${layoutOf(width).width}px`;
    return `<figure style="${style}"><a href="${file}"><img src="${file}" alt=""></a><figcaption>${title}</figcaption></figure>`;
  });
  return `<!doctype html><meta charset="utf-8"><title>Every exercise</title>
<style>
  body { display: flex; flex-wrap: wrap; gap: 8px; width: 1480px; margin: 8px; font: 11px system-ui; }
  figure { margin: 0; }
  img { width: 100%; border: 1px solid #888; }
</style>
${figures.join('\n')}\n`;
}

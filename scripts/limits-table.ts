/**
 * The limits of the sandbox as a table for `docs/sandbox.md`:
 * npx node scripts/limits-table.ts The test beside it fails if the document differs from
 * `sandbox/shared/config.ts`.
 */
import { limits, type Limit } from '../sandbox/shared/config.ts';

export type LimitRow = [name: string, value: string, reason: string];

const shown = ({ default: value, unit }: Limit): string => {
  const number = value.toLocaleString('en-US');
  return unit === 'count' ? number : `${number} ${unit}`;
};

export const limitRows = (): LimitRow[] =>
  Object.entries(limits).map(([name, limit]) => [`\`${name}\``, shown(limit), limit.reason]);

/** The cells of the Markdown table that has these headings; empty if there is no such table. */
export function tableRows(markdown: string, headings: readonly string[]): string[][] {
  const cells = (line: string): string[] =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
  const lines = markdown.split('\n');
  const isHead = (line: string): boolean => cells(line).join() === headings.join();
  const head = lines.findIndex((line) => line.startsWith('|') && isHead(line));
  if (head < 0) return [];
  const end = lines.findIndex((line, at) => at > head && !line.startsWith('|'));
  return lines.slice(head + 2, end < 0 ? undefined : end).map(cells);
}

export const headings = ['limit', 'default', 'why'] as const;

if (import.meta.main) {
  const rows = [headings, headings.map(() => '---'), ...limitRows()];
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}

/**
 * Whether a program printed what the lesson shows. `…` stands for any text, alone for any lines.
 */

const escape = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Spaces at a line's end, and empty lines at the end, are ignored. */
const tidy = (text: string) => text.replaceAll(/[ \t\r]+$/gm, '').trim();

export function shows(output: string, shown: string): boolean {
  const lines = tidy(shown)
    .split('\n')
    .map((line) =>
      line.trim() === '…' ? '(?:.*\\n)*?' : `${line.split('…').map(escape).join('.*')}\\n`,
    );
  return new RegExp(`^${lines.join('')}$`).test(`${tidy(output)}\n`);
}

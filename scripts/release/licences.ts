/** Which licences go together with the course's own (MIT), and their texts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Package } from './packages.ts';

/** Of code that is handed on: nothing asks for more than a notice. */
const shipped = new Set(['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0']); // prettier-ignore
/** Of tools, also: their code stays on the machine that builds. */
const tools = new Set([...shipped, 'MPL-2.0', 'LGPL-3.0-or-later', 'CC0-1.0', 'CC-BY-3.0', 'Python-2.0']); // prettier-ignore

/** Packages whose manifest names none; what the package's own files say. */
const named: Readonly<Record<string, string>> = {
  // Readme.md: “Copyright 2010 - 2016 Sami Samhuri … MIT license”.
  format: 'MIT',
};

export const licenceOf = ({ name, license }: Package): string => license || (named[name] ?? '');

/** Whether an SPDX expression can be met by what is allowed: of `OR` one, of `AND` all. */
export function isMet(expression: string, allowed: ReadonlySet<string>): boolean {
  const words = expression.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const one = (): boolean => {
    const word = words[at++];
    if (word === undefined) return false;
    if (word !== '(') return allowed.has(word);
    const inner = either();
    at++;
    return inner;
  };
  const both = (): boolean => {
    let met = one();
    while (words[at] === 'AND') {
      at++;
      met = one() && met;
    }
    return met;
  };
  const either = (): boolean => {
    let met = both();
    while (words[at] === 'OR') {
      at++;
      met = both() || met;
    }
    return met;
  };
  const met = either();
  return met && at === words.length;
}

/** What is wrong, a line each. */
export function unfit(packages: readonly Package[]): string[] {
  return packages
    .filter((one) => !isMet(licenceOf(one), one.isShipped ? shipped : tools))
    .map((one) => `${one.path} ${one.version}: ${licenceOf(one) || 'no licence'}${one.isShipped ? ', and it is handed on' : ''}`); // prettier-ignore
}

const isText = (name: string): boolean => /^(?:licen[cs]e|copying|notice|unlicense)/i.test(name);

function textOf(root: string, { path }: Package): string {
  const folder = join(root, path);
  if (!existsSync(folder)) return '';
  return readdirSync(folder, { withFileTypes: true })
    .filter((one) => one.isFile() && isText(one.name))
    .map(({ name }) => name)
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim())
    .join('\n\n');
}

/** The notices of everything that is handed on; packages with the same text share it. */
export function notices(root: string, packages: readonly Package[]): string {
  const byText = new Map<string, Set<string>>();
  for (const one of packages) {
    if (!one.isShipped) continue;
    const text = textOf(root, one) || `(${licenceOf(one)}; the package has no text of it)`;
    byText.set(text, (byText.get(text) ?? new Set()).add(`${one.name} ${one.version}`));
  }
  const parts = [...byText].map(([text, names]) => `${[...names].sort().join('\n')}\n\n${text}`);
  return [
    'Retained is under the MIT licence (LICENSE). What follows is the code of others that is in it.',
    'The symbols of the editor (codicon.ttf) are Microsoft’s, CC BY 4.0.',
    ...parts.sort(),
    '',
  ].join(`\n\n${'─'.repeat(72)}\n\n`);
}

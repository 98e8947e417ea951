/** `docs/mosquitto-options.md`, as text. */
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { mosquittoVersions } from '../../sandbox/protocol/mosquitto.ts';
import { optionRows, type OptionRow } from './table.ts';

export const documentPath = fileURLToPath(
  new URL('../../docs/mosquitto-options.md', import.meta.url),
);

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

const counted = (
  rows: readonly OptionRow[],
  version: (typeof mosquittoVersions)[number],
): string => {
  const has = rows.filter(({ treatments }) => treatments[version] !== '–');
  const obeyed = has.filter(({ treatments }) => treatments[version].startsWith('obeyed'));
  return `${obeyed.length} of ${has.length}`;
};

/** Formatted as the repository is. */
export function documentText(): Promise<string> {
  const rows = optionRows();
  const text = `# Options of mosquitto.conf

What a room does with each option, as each version of Mosquitto. \`node scripts/mosquitto-options/main.ts\` writes
this page: it gives the room's parser a file with each option and looks at what came of it.

- **obeyed**: the room acts on it.
- **read**: the line is checked as Mosquitto checks it, and the Files panel says that it changes nothing here, and why ([\`mosquitto-differences.md\`](mosquitto-differences.md)).
- **warning**: Mosquitto's own message about the option, as that version words it, such as that it is deprecated.
- **–**: that version does not know the option: \`Unknown configuration variable\`, and the broker does not start.

A value that Mosquitto refuses is refused with its words in every row. \`sandbox/testing/differential/\` compares
files and messages with the three programs.

${row(['option', ...mosquittoVersions])}
${row(['---', '---', '---', '---'])}
${rows.map(({ option, treatments }) => row([`\`${option}\``, ...mosquittoVersions.map((version) => treatments[version])])).join('\n')}
${row(['**obeyed, of those it has**', ...mosquittoVersions.map((version) => `**${counted(rows, version)}**`)])}
`;
  return format(text, { parser: 'markdown', printWidth: 100, proseWrap: 'preserve' });
}

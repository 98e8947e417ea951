import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { documentPath, documentText } from './document.ts';
import { optionRows } from './table.ts';

it('docs/mosquitto-options.md says what the parser does: node scripts/mosquitto-options/main.ts', async () => {
  expect(readFileSync(documentPath, 'utf8')).toBe(await documentText());
});

it('finds for each option a line that every version that has it takes', () => {
  const refused = optionRows().filter(({ treatments }) =>
    Object.values(treatments).includes('refused'),
  );
  expect(refused).toEqual([]);
});

it('tells what is obeyed from what is read, and knows since when', () => {
  const rows = new Map(optionRows().map(({ option, treatments }) => [option, treatments]));
  expect(rows.get('allow_anonymous')).toMatchObject({ '2.0.11': 'obeyed', '2.1.2': 'obeyed' });
  expect(rows.get('round_robin')).toMatchObject({ '2.0.21': 'read' });
  expect(rows.get('global_plugin')).toEqual({ '2.0.11': '–', '2.0.21': '–', '2.1.2': 'obeyed' });
  expect(rows.get('retry_interval')?.['2.1.2']).toBe('read, warning');
});

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { headings, limitRows, tableRows } from './limits-table.ts';

const root = new URL('..', import.meta.url);
const document = readFileSync(new URL('docs/sandbox.md', root), 'utf8');

test('the document has every limit as it is', () => {
  expect(tableRows(document, headings)).toEqual(limitRows());
});

test('every file that the document names is there', () => {
  const named = [...document.matchAll(/`((?:sandbox|bench|scripts|docs|e2e|src)\/[\w./-]+)`/g)];
  expect(named.length).toBeGreaterThan(20);
  const missing = named.map(([, file]) => file!).filter((file) => !existsSync(new URL(file, root)));
  expect(missing).toEqual([]);
});

describe('a table in a document', () => {
  test.each([
    ['| limit | default | why |\n| - | - | - |\n| `a` | 1 |  x  |\n\ntext', [['`a`', '1', 'x']]],
    ['| other | default | why |\n| - | - | - |\n| `a` | 1 | x |', []],
    ['no table', []],
  ])('%j', (markdown, rows) => {
    expect(tableRows(markdown, headings)).toEqual(rows);
  });
});

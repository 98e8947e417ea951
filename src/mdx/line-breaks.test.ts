/**
 * A line break in the source is a space on the page. Between two Chinese characters, or before
 * full-width punctuation, there is none in print: the formatter may break there, an author must not
 * let it (`prettier-ignore` before the paragraph keeps it whole).
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const lessons = globSync('lessons/*/zh-tw.mdx', { cwd: root });

/** Code, and the attributes of components, may break where they like. */
const prose = (text: string): string =>
  text.replace(/```.*?```/gs, '').replace(/^---.*?^---/ms, '');

const misplaced = (text: string): string[] =>
  prose(text).match(
    /.{0,12}(?:[\p{Script=Han}，。；：、！？」）]|>|`)\n[ \t]+(?:[，。；：、！？」）]|(?<=\p{Script=Han}\n[ \t]+)\p{Script=Han}).{0,12}/gu,
  ) ?? [];

test('the rule sees what it must see', () => {
  expect(misplaced('只有<Term id="a">主題</Term>\n  。')).toHaveLength(1);
  expect(misplaced('就算\n  把電燈')).toHaveLength(1);
  expect(misplaced('broker\n  會在那裡')).toHaveLength(0);
});

test.each(lessons)('%s has no gap within a sentence', (path) => {
  expect(misplaced(readFileSync(join(root, path), 'utf8'))).toEqual([]);
});

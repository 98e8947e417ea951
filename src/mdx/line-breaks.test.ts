/**
 * A line break in the source is a space on the page. Between two Chinese characters, and before or
 * after full-width punctuation, there is none in print: the formatter may break there, an author must
 * not let it (`prettier-ignore` before the paragraph keeps it whole).
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const lessons = globSync('lessons/*/zh-tw.mdx', { cwd: root });

/** Code, and the attributes of components, may break where they like. */
const prose = (text: string): string =>
  text.replace(/```.*?```/gs, '').replace(/^---.*?^---/ms, '');

const gaps = [
  /.{0,12}(?:[\p{Script=Han}，。；：、！？」）]|>|`)\n[ \t]+(?:[，。；：、！？」）]|(?<=\p{Script=Han}\n[ \t]+)\p{Script=Han}).{0,12}/gu,
  // After full-width punctuation, if the sentence goes on: with words, code, or a component in it.
  /.{0,12}[，。；：、！？」）「（](?:<\/\w+>)?(?:[ \t]+|\n[ \t]*)(?:<(?:Term|strong|em)\b|[`\p{Letter}]).{0,12}/gu,
  // Before a component that begins with a Chinese word, and after one that ends with one.
  /.{0,12}\p{Script=Han}(?:<\/\w+>)?(?:[ \t]+|\n[ \t]*)<(?:Term|strong|em)\b[^>]*>\p{Script=Han}.{0,12}/gu,
  /.{0,12}[\p{Script=Han}）]<\/(?:Term|strong|em)>\n?[ \t]*(?<=\s)\p{Script=Han}.{0,12}/gu,
];
const misplaced = (text: string): string[] => gaps.flatMap((gap) => prose(text).match(gap) ?? []);

test('the rule sees what it must see', () => {
  expect(misplaced('只有<Term id="a">主題</Term>\n  。')).toHaveLength(1);
  expect(misplaced('就算\n  把電燈')).toHaveLength(1);
  expect(misplaced('記得的事。\n<Term id="a">flag</Term>')).toHaveLength(1);
  expect(misplaced('記得的事。 CONNECT 的')).toHaveLength(1);
  expect(misplaced('回到原本的\n  <Term id="a">工作階段</Term>')).toHaveLength(1);
  expect(misplaced('<Term id="a">保留</Term>\n  這個')).toHaveLength(1);
  expect(misplaced('broker\n  會在那裡')).toHaveLength(0);
  expect(misplaced('完成了。\n  </Hint>')).toHaveLength(0);
  expect(misplaced('用<Term id="a">工作階段</Term>，再說。\n\n下一段')).toHaveLength(0);
});

test.each(lessons)('%s has no gap within a sentence', (path) => {
  expect(misplaced(readFileSync(join(root, path), 'utf8'))).toEqual([]);
});

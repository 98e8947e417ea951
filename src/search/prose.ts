/** The words of a lesson's MDX that people look for: its text, without code, hints and sources. */
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

interface Node {
  type: string;
  name?: string | null;
  value?: string;
  children?: Node[];
}
const silent = new Set(['code', 'yaml', 'mdxjsEsm', 'mdxFlowExpression', 'mdxTextExpression']);
const without = new Set(['Hint', 'Why', 'Sources']);
const parser = unified().use(remarkParse).use(remarkMdx);

/** @throws the parser's own error if the MDX is malformed */
export function proseOf(mdx: string): string {
  const words: string[] = [];
  const collect = (node: Node): void => {
    if (silent.has(node.type) || without.has(node.name ?? '')) return;
    if (node.value !== undefined) words.push(node.value);
    node.children?.forEach(collect);
  };
  collect(parser.parse(mdx) as Node);
  return words.join(' ').replace(/\s+/g, ' ');
}

/** A lesson's MDX, taken apart as far as the rules need it. */
import type { Code, Link, Root } from 'mdast';
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx-jsx';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';

export interface Piece {
  text: string;
  /** 1-based. */
  line: number;
}
export interface CodeBlock extends Piece {
  language: string;
  meta: string;
}
export interface Page {
  source: string;
  /** What a person reads: prose and the components' texts, no code. */
  prose: Piece[];
  links: Piece[];
  code: CodeBlock[];
}

type Jsx = MdxJsxFlowElement | MdxJsxTextElement;
const parser = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm).use(remarkMdx);

/** @throws the parser's own error, with line and column, where the MDX is malformed */
export function parseMdx(source: string): Page {
  const page: Page = { source, prose: [], links: [], code: [] };
  visit(parser.parse(source) as Root, (node) => {
    const line = node.position?.start.line ?? 0;
    if (node.type === 'text') page.prose.push({ text: node.value, line });
    if (node.type === 'yaml') page.prose.push({ text: node.value, line });
    if (node.type === 'link') page.links.push({ text: (node as Link).url, line });
    if (node.type === 'code') page.code.push(codeBlock(node, line));
    if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') {
      takeAttributes(page, node as Jsx, line);
    }
  });
  return page;
}

const codeBlock = ({ lang, meta, value }: Code, line: number): CodeBlock => ({
  text: value,
  line,
  language: lang ?? '',
  meta: meta ?? '',
});

function takeAttributes(page: Page, element: Jsx, line: number): void {
  for (const attribute of element.attributes) {
    if (attribute.type !== 'mdxJsxAttribute' || typeof attribute.value !== 'string') continue;
    if (attribute.name === 'href') page.links.push({ text: attribute.value, line });
    else page.prose.push({ text: attribute.value, line });
  }
}

/** A lesson's MDX, taken apart as far as the rules need it. */
import type { Code, Link, Root } from 'mdast';
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx-jsx';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visitParents } from 'unist-util-visit-parents';

export interface PagePiece {
  text: string;
  /** 1-based. */
  line: number;
}
/** Text for people. */
export interface Prose extends PagePiece {
  /** Shown only on demand: not part of the text that every reader sees. */
  aside: boolean;
}
export interface CodeBlock extends PagePiece {
  language: string;
  meta: string;
}
export interface Heading extends PagePiece {
  depth: number;
}
/** A component or an HTML element of the text. */
export interface Element {
  name: string;
  /** The text if it is a string; true for any other value, and for none. */
  attributes: Record<string, string | true>;
  line: number;
}
/** One answer of a question with a right one. */
export interface QuizAnswer extends PagePiece {
  /** The id of its quiz. */
  quiz: string;
  right: boolean;
}
export interface ParsedPage {
  source: string;
  /** What a person reads: prose and the components' texts, no code. */
  prose: Prose[];
  links: PagePiece[];
  code: CodeBlock[];
  /** The text between single backticks. */
  inlineCode: PagePiece[];
  headings: Heading[];
  elements: Element[];
  /** Of every quiz, in order; the text is without the explanation. */
  answers: QuizAnswer[];
}

const ASIDES = new Set(['Hint', 'Proof', 'Why', 'Outcome', 'Sources', 'Source']);
/** Attributes that name things, and are never shown. */
const NAMES = new Set([
  ...['id', 'for', 'of', 'section', 'statement', 'exercise', 'type'],
  ...['capture', 'packet', 'from', 'to', 'publisher', 'subscriber'],
]);

type Jsx = MdxJsxFlowElement | MdxJsxTextElement;
const parser = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm).use(remarkMdx);

/** @throws the parser's own error, with line and column, if the MDX is malformed */
export function parseMdx(source: string): ParsedPage {
  const page: ParsedPage = {
    source,
    prose: [],
    links: [],
    code: [],
    inlineCode: [],
    headings: [],
    elements: [],
    answers: [],
  };
  visitParents(parser.parse(source) as Root, (node, ancestors) => {
    const line = node.position?.start.line ?? 0;
    const aside = [...ancestors, node].some((each) => isJsx(each) && ASIDES.has(each.name ?? ''));
    if (node.type === 'text' || node.type === 'yaml') {
      page.prose.push({ text: node.value, line, aside });
    }
    if (node.type === 'link') page.links.push({ text: (node as Link).url, line });
    if (node.type === 'code') page.code.push(codeBlock(node, line));
    if (node.type === 'inlineCode') page.inlineCode.push({ text: node.value, line });
    if (node.type === 'heading') {
      page.headings.push({ depth: node.depth, text: plain(node), line });
    }
    if (node.type === 'image') {
      page.elements.push({ name: 'img', attributes: { src: node.url, alt: node.alt ?? '' }, line });
    }
    if (isJsx(node)) page.elements.push(elementOf(node, line));
    const quiz = ancestors.find((each): each is Jsx => isJsx(each) && each.name === 'Quiz');
    if (quiz && isJsx(node) && node.name === 'Answer') {
      const why = (each: object) => 'name' in each && each.name === 'Why';
      const { right } = elementOf(node, line).attributes;
      page.answers.push({
        quiz: String(elementOf(quiz, line).attributes['id']),
        right: right !== undefined,
        text: plain(node, why).replaceAll(/\s+/g, ' ').trim(),
        line,
      });
    }
    if (isJsx(node)) takeAttributes(page, node, { line, aside });
  });
  return page;
}

const codeBlock = ({ lang, meta, value }: Code, line: number): CodeBlock => ({
  text: value,
  line,
  language: lang ?? '',
  meta: meta ?? '',
});

/** The text within a node, without the nodes to leave out. */
const plain = (
  node: { children?: object[]; value?: string },
  leftOut: (node: object) => boolean = () => false,
): string =>
  node.value ??
  (node.children ?? [])
    .filter((child) => !leftOut(child))
    .map((child) => plain(child, leftOut))
    .join('');

function elementOf({ name, attributes }: Jsx, line: number): Element {
  const found: Element = { name: name ?? '', attributes: {}, line };
  for (const attribute of attributes) {
    if (attribute.type !== 'mdxJsxAttribute') continue;
    found.attributes[attribute.name] = typeof attribute.value === 'string' ? attribute.value : true;
  }
  return found;
}

const isJsx = (node: { type: string }): node is Jsx =>
  node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';

function takeAttributes(
  page: ParsedPage,
  element: Jsx,
  at: { line: number; aside: boolean },
): void {
  for (const attribute of element.attributes) {
    if (attribute.type !== 'mdxJsxAttribute' || typeof attribute.value !== 'string') continue;
    if (NAMES.has(attribute.name)) continue;
    if (attribute.name === 'href') page.links.push({ text: attribute.value, line: at.line });
    else page.prose.push({ text: attribute.value, ...at });
  }
}

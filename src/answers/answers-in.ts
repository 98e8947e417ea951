/** The sentences of a lesson's MDX that a teacher needs: hints, and the right answers of questions. */
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

/** A piece of a sentence, and how it is marked. */
export interface Piece {
  text: string;
  as?: 'code' | 'strong' | 'em';
}
export type Sentence = readonly Piece[];

export interface Question {
  id: string;
  question: Sentence;
  right: Sentence;
}
export interface LessonAnswers {
  /** Exercise's id → hint's id → what it says; `{name}` is filled in from what the learner did. */
  hints: ReadonlyMap<string, ReadonlyMap<string, Sentence>>;
  questions: readonly Question[];
}

interface Node {
  type: string;
  name?: string | null;
  value?: string;
  attributes?: { name?: string; value?: unknown }[];
  children?: Node[];
}
const parser = unified().use(remarkParse).use(remarkMdx);
const marks = { inlineCode: 'code', strong: 'strong', emphasis: 'em' } as const;
const markOf = (type: string): Piece['as'] =>
  Object.hasOwn(marks, type) ? marks[type as keyof typeof marks] : undefined;

const children = ({ children = [] }: Node): Node[] => children;
const attribute = ({ attributes = [] }: Node, name: string): unknown =>
  attributes.find((one) => one.name === name);
const idOf = (node: Node, name = 'id'): string =>
  String((attribute(node, name) as { value?: unknown } | undefined)?.value ?? '');

/** All elements of a name below a node, in the order of the text. */
const elements = (node: Node, name: string): Node[] =>
  children(node).flatMap((child) => (child.name === name ? [child] : elements(child, name)));

/** The text of `{'…'}`; other expressions have none. */
const quoted = (value = ''): string => /^\s*'(.*)'\s*$/s.exec(value)?.[1] ?? '';

function pieces(nodes: readonly Node[], without: readonly string[], as?: Piece['as']): Piece[] {
  return nodes.flatMap((node): Piece[] => {
    if (without.includes(node.name ?? '')) return [];
    const text = node.type === 'mdxTextExpression' ? quoted(node.value) : node.value;
    if (text !== undefined) {
      const mark = markOf(node.type) ?? as;
      return [{ text: text.replace(/\s+/g, ' '), ...(mark && { as: mark }) }];
    }
    const inside = pieces(children(node), without, markOf(node.type) ?? as);
    // Paragraphs of one answer stand in one line.
    return node.type === 'paragraph' ? [...inside, { text: ' ' }] : inside;
  });
}

/** Without spaces at its ends, and with neighbours of one kind as one. */
function sentenceOf(node: Node, without: readonly string[] = []): Sentence {
  const joined: Piece[] = [];
  for (const piece of pieces(children(node), without)) {
    const last = joined.at(-1);
    if (last && last.as === piece.as) last.text = `${last.text}${piece.text}`.replace(/ +/g, ' ');
    else joined.push({ ...piece });
  }
  const [first, last] = [joined[0], joined.at(-1)];
  if (first) first.text = first.text.trimStart();
  if (last) last.text = last.text.trimEnd();
  return joined.filter(({ text }) => text !== '');
}

/** @throws the parser's own error if the MDX is malformed */
export function answersIn(mdx: string): LessonAnswers {
  const page = parser.parse(mdx) as Node;
  const hintsOf = (exercise: Node) =>
    new Map(
      elements(exercise, 'Hint').map((hint) => [idOf(hint, 'for'), sentenceOf(hint)] as const),
    );
  return {
    hints: new Map(elements(page, 'Exercise').map((one) => [idOf(one), hintsOf(one)] as const)),
    questions: elements(page, 'Quiz').map((quiz) => {
      const right = elements(quiz, 'Answer').find((answer) => attribute(answer, 'right'));
      return {
        id: idOf(quiz),
        question: sentenceOf(quiz, ['Answer']),
        right: right ? sentenceOf(right, ['Why']) : [],
      };
    }),
  };
}

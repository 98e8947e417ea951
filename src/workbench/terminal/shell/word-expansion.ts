/**
 * Words of a command line → arguments, as sh(1) makes them: quotes removed, variables put in, words
 * that came from a variable split, patterns matched against file names (POSIX XCU, section 2.6). The
 * grammar is unbash's; what it yields is expanded here.
 */
import type { DoubleQuotedChild, Word, WordPart } from 'unbash';

export interface ExpansionContext {
  /** A variable's value; undefined if it isn't set. */
  variable(name: string): string | undefined;
  /** File names in the directory that a path names (`''`: the working directory). */
  list(directory: string): string[] | undefined;
}
/** A construct of the shell that this one doesn't have; `construct` is as it was written. */
export class Unsupported extends Error {
  readonly construct: string;
  constructor(construct: string) {
    super(construct);
    this.construct = construct;
  }
}

/** A piece of a word: text, and whether quotes protect it from being split and matched. */
interface Piece {
  text: string;
  quoted: boolean;
  /** Put in for a variable: split at blanks unless quoted. */
  from?: 'variable';
}

export function expandWords(words: readonly Word[], around: ExpansionContext): string[] {
  return words.flatMap((word) => expandWord(word, around));
}

/** A word that is not split: of an assignment, or the target of a redirection. */
export const expandOne = (word: Word, around: ExpansionContext): string =>
  piecesOf(word, around)
    .map(({ text }) => text)
    .join('');

function expandWord(word: Word, around: ExpansionContext): string[] {
  return split(piecesOf(word, around)).flatMap((field) => matched(field, around));
}

function piecesOf(word: Word, around: ExpansionContext): Piece[] {
  if (word.parts) return word.parts.flatMap((part) => pieceOf(part, around));
  // Without parts there is nothing to expand; a backslash is in the text, not in the value.
  const home = /^~(?=\/|$)/.test(word.text) ? (around.variable('HOME') ?? '~') : undefined;
  if (home !== undefined) return [{ text: home + word.value.slice(1), quoted: true }];
  return [{ text: word.value, quoted: true }];
}

function pieceOf(part: WordPart, around: ExpansionContext): Piece[] {
  switch (part.type) {
    case 'Literal':
      return [{ text: part.value, quoted: true }];
    case 'Glob':
      return [{ text: part.text, quoted: false }];
    case 'SingleQuoted':
      return [{ text: part.value, quoted: true }];
    case 'DoubleQuoted':
      return [{ text: part.parts.map((inner) => inQuotes(inner, around)).join(''), quoted: true }];
    case 'SimpleExpansion':
    case 'ParameterExpansion':
      return [{ text: valueOf(part, around), quoted: false, from: 'variable' }];
    // sh has no braces and no $'…': they are plain text there.
    case 'BraceExpansion':
      return [{ text: part.text, quoted: true }];
    case 'AnsiCQuoted':
      return [{ text: `$${part.text.slice(2, -1)}`, quoted: true }];
    default:
      throw new Unsupported(part.text);
  }
}

function inQuotes(part: DoubleQuotedChild, around: ExpansionContext): string {
  if (part.type === 'Literal') return part.value;
  if (part.type === 'SimpleExpansion' || part.type === 'ParameterExpansion')
    return valueOf(part, around);
  throw new Unsupported(part.text);
}

type Expansion = Extract<WordPart, { type: 'SimpleExpansion' | 'ParameterExpansion' }>;

/** `$NAME` and `${NAME}`, with `:-`, `-`, `:+` and `+`: an unset variable is nothing. */
function valueOf(part: Expansion, around: ExpansionContext): string {
  if (part.type === 'SimpleExpansion') return around.variable(part.text.slice(1)) ?? '';
  const { operation, parameter, prefix, index } = part;
  if (prefix !== undefined || index !== undefined) throw new Unsupported(part.text);
  const value = around.variable(parameter);
  if (!operation) return value ?? '';
  if (operation.type !== 'Default' || !/^:?[-+]$/.test(operation.operator)) {
    throw new Unsupported(part.text);
  }
  const given = operation.operator.startsWith(':')
    ? value !== undefined && value !== ''
    : value !== undefined;
  const other = (): string => expandOne(operation.operand, around);
  if (operation.operator.endsWith('-')) return given ? (value ?? '') : other();
  return given ? other() : '';
}

/** Field splitting (2.6.5): blanks of an unquoted variable divide; a word of nothing at all is none. */
function split(pieces: Piece[]): Piece[][] {
  const fields: Piece[][] = [];
  let field: Piece[] = [];
  const close = (): void => {
    if (field.length > 0) fields.push(field);
    field = [];
  };
  for (const piece of pieces) {
    if (piece.from !== 'variable') {
      field.push(piece);
      continue;
    }
    for (const part of piece.text.split(/([ \t\n]+)/)) {
      if (/^[ \t\n]+$/.test(part)) close();
      else if (part !== '') field.push({ text: part, quoted: false });
    }
  }
  close();
  return fields;
}

/** Pathname expansion (2.6.6), in the last part of a path; without a match the word stays. */
function matched(field: Piece[], around: ExpansionContext): string[] {
  const text = field.map((piece) => piece.text).join('');
  const pattern = field
    .map((piece) => (piece.quoted ? piece.text.replace(/[*?[\]\\]/g, '\\$&') : piece.text))
    .join('');
  const slash = pattern.lastIndexOf('/');
  const name = pattern.slice(slash + 1);
  const directory = text.slice(0, text.lastIndexOf('/') + 1);
  if (!/(?<!\\)[*?[]/.test(name) || /(?<!\\)[*?[]/.test(pattern.slice(0, slash + 1))) return [text];
  const names = around
    .list(directory)
    ?.filter((each) => globOf(name).test(each) && (name.startsWith('.') || !each.startsWith('.')));
  return names && names.length > 0 ? names.map((each) => directory + each) : [text];
}

function globOf(pattern: string): RegExp {
  const source = pattern.replace(
    /\\(.)|\*|\?|\[(!?)((?:\\.|[^\]\\])+)\]|[.+^${}()|[\]]/g,
    (whole, escaped: string | undefined, not: string | undefined, set: string | undefined) => {
      if (escaped !== undefined) return escaped.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
      if (whole === '*') return '.*';
      if (whole === '?') return '.';
      if (set !== undefined) return `[${not === '!' ? '^' : ''}${set.replace(/[\^\\]/g, '\\$&')}]`;
      return `\\${whole}`;
    },
  );
  return new RegExp(`^${source}$`, 'su');
}

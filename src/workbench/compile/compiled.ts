/** The result of compiling a file. Plain data: the TypeScript worker sends it to the page. */

/** 1-based, in the learner's own text. */
export interface CompileProblem {
  file: string;
  line: number;
  column: number;
  message: string;
  /** Absent: an error. */
  severity?: 'error' | 'warning';
}
/** For each line of the program: generated column, source line, source column, again and again; 0-based. */
export type LineMap = number[][];
export type Compiled = { program: string; map: LineMap } | { problems: CompileProblem[] };

/** The compiler's own messages in the learner's language; the others are TypeScript's. */
export interface Sentences {
  /** With `{module}`. */
  unknownImport: string;
  /** With `{limit}`. */
  tooLong: string;
  /** The compiler's stack was used up. */
  tooDeep: string;
  /** The compiler was ended after `MAX_COMPILE_MS`. */
  tooSlow: string;
}

/** Longest program in UTF-16 units; a lesson's are below 4,000. */
export const MAX_PROGRAM = 100_000;

/** A lesson's program takes a hundredth of it; `1+1+1+…` of 80,000 characters takes minutes. */
export const MAX_COMPILE_MS = 10_000;

/**
 * Maps a position of the program to the learner's text; both 1-based. A position without a source
 * maps to the source before it.
 */
export function originalPosition(
  map: LineMap,
  line: number,
  column: number,
): { line: number; column: number } | null {
  for (let at = Math.min(line, map.length) - 1; at >= 0; at--) {
    const segments = map[at] ?? [];
    let found: { line: number; column: number } | null = null;
    for (let i = 0; i + 2 < segments.length; i += 3) {
      const [generated = 0, sourceLine = 0, sourceColumn = 0] = segments.slice(i, i + 3);
      if (found && at === line - 1 && generated > column - 1) break;
      found = { line: sourceLine + 1, column: sourceColumn + 1 };
    }
    if (found) return found;
  }
  return null;
}

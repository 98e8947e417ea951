/** What compiling a file gives. Plain data: it crosses from the TypeScript worker to the page. */

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

/** What the compiler says in its own name, in the learner's language; the rest is TypeScript's. */
export interface Sentences {
  /** With `{module}`. */
  unknownImport: string;
  /** With `{limit}`. */
  tooLong: string;
}

/** Longest program in UTF-16 units; a lesson's are below 4,000. */
export const MAX_PROGRAM = 100_000;

/**
 * Where in the learner's text a position of the program comes from; all 1-based. Positions that come
 * from nowhere belong to what stands before them.
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

import type { LineMap } from './compiled.ts';

/**
 * The compiler drops blank lines and types. Puts empty lines back, so that a statement has the line
 * number of the learner's text, also in a stack that a program prints. If the output is longer than
 * the source it waits for the next blank line. `locked` lines (the inside of a template literal)
 * get nothing put before them.
 */
export function realign(
  program: string,
  map: LineMap,
  locked: ReadonlySet<number>,
): { program: string; map: LineMap } {
  const lines: string[] = [];
  const aligned: LineMap = [];
  program.split('\n').forEach((line, index) => {
    const segments = map[index] ?? [];
    const wanted = segments[1] ?? 0;
    while (lines.length < wanted && !locked.has(index)) {
      lines.push('');
      aligned.push([]);
    }
    lines.push(line);
    aligned.push(segments);
  });
  return { program: lines.join('\n'), map: aligned };
}

import type { LineMap } from './compiled.ts';

const DIGITS = new Map(
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].map((c, i) => [c, i]),
);

/** The `mappings` of a source map with one source (ECMA-426, base64 VLQ) → segments a line. */
export function decodeMappings(mappings: string): LineMap {
  let sourceLine = 0;
  let sourceColumn = 0;
  return mappings.split(';').map((line) => {
    let column = 0;
    const segments: number[] = [];
    for (const text of line ? line.split(',') : []) {
      const [columns = 0, , lines, columnsOfSource] = decode(text);
      column += columns;
      if (lines === undefined || columnsOfSource === undefined) continue;
      sourceLine += lines;
      sourceColumn += columnsOfSource;
      segments.push(column, sourceLine, sourceColumn);
    }
    return segments;
  });
}

function decode(text: string): number[] {
  const values: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of text) {
    const digit = DIGITS.get(character) ?? 0;
    value |= (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    values.push(value & 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return values;
}

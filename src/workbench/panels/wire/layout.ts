/**
 * Where everything of a sequence diagram stands, in pixels. Pure, and without the page: the live
 * panel, its SVG export and figures in lessons are all drawn from it.
 */

/** A column of the diagram as the layout needs it. */
export interface Placed {
  key: string;
  side: 'left' | 'right';
}
export interface LayoutOptions {
  /** Pixels that are there; the diagram is wider where its columns need it. */
  width: number;
  /** 1 is the size of small text. */
  zoom: number;
}
export interface WireLayout {
  width: number;
  zoom: number;
  /** Text size of labels. */
  fontSize: number;
  rowHeight: number;
  /** The time stands left of this. */
  gutter: number;
  /** Between neighbours. */
  spacing: number;
  /** Labels take a second line where columns stand close. */
  twoLines: boolean;
  broker: number;
  /** Centre of each column, by key. */
  x: ReadonlyMap<string, number>;
}

const least = { spacing: 96, gutter: 56 };
/** Wider apart an arrow is harder to follow. */
const mostSpacing = 260;
const oneLineFrom = 200;

/** `left` and `right` in the order in which they stand; the broker between them. */
export function layoutOf(
  left: readonly Placed[],
  right: readonly Placed[],
  { width, zoom }: LayoutOptions,
): WireLayout {
  const gutter = least.gutter * zoom;
  const count = left.length + 1 + right.length;
  const spacing = Math.max(
    least.spacing * zoom,
    Math.min(mostSpacing * zoom, (width - gutter) / count),
  );
  const all = Math.max(width, Math.ceil(gutter + spacing * count));
  // Alone with the broker there is no use in standing at the edge of a wide panel.
  const first = gutter + Math.max(0, all - gutter - spacing * count) / 2 + spacing / 2;
  const x = new Map<string, number>();
  left.forEach(({ key }, i) => x.set(key, Math.round(first + i * spacing)));
  const broker = Math.round(first + left.length * spacing);
  right.forEach(({ key }, i) => x.set(key, Math.round(first + (left.length + 1 + i) * spacing)));
  const twoLines = spacing < oneLineFrom * zoom;
  return {
    width: all,
    zoom,
    fontSize: 12 * zoom,
    rowHeight: Math.round((twoLines ? 46 : 34) * zoom),
    gutter,
    spacing,
    twoLines,
    broker,
    x,
  };
}

/** Width of a text in the code typeface, in em: 0.6 a character, 1 for a Chinese one. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += character.codePointAt(0)! >= 0x2e80 ? 1 : 0.602;
  return width;
}

/** The text, or as much of its beginning as fits into `em`, with "…". */
export function clip(text: string, em: number): string {
  if (widthOf(text) <= em) return text;
  return `${fitting([...text], em)}…`;
}

/** The end of the text, with "…" before it: of a topic the last levels say most. */
export function clipStart(text: string, em: number): string {
  if (widthOf(text) <= em) return text;
  return `…${[...fitting([...text].reverse(), em)].reverse().join('')}`;
}

function fitting(characters: readonly string[], em: number): string {
  let kept = '';
  let width = 0.602;
  for (const character of characters) {
    width += widthOf(character);
    if (width > em) break;
    kept += character;
  }
  return kept;
}

/** The room for a label over an arrow: what is between its ends, and a part of a column beyond each. */
export function labelRoom(layout: WireLayout, from: number, to: number): { x: number; em: number } {
  const middle = (from + to) / 2;
  const half = Math.abs(to - from) / 2 + layout.spacing * (layout.twoLines ? 0.45 : 0.25);
  const least = layout.gutter + 2;
  const most = layout.width - 2;
  const start = Math.max(least, middle - half);
  const end = Math.min(most, middle + half);
  return { x: (start + end) / 2, em: (end - start) / layout.fontSize };
}

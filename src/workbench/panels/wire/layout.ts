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
  broker: number;
  /** Centre of each column, by key. */
  x: ReadonlyMap<string, number>;
}

const least = { spacing: 96, gutter: 56 };
/** So close the name of a packet still fits between two; only if that brings all of them into sight. */
const closest = 64;
/** Text of 10 px: smaller only if somebody asks for it. */
const smallest = 5 / 6;
/** Wider apart an arrow is harder to follow. */
const mostSpacing = 260;

/** `left` and `right` in the order in which they stand; the broker between them. */
export function layoutOf(
  left: readonly Placed[],
  right: readonly Placed[],
  { width, zoom: asked }: LayoutOptions,
): WireLayout {
  const count = left.length + 1 + right.length;
  const fits = (zoom: number) => (least.gutter + closest * count) * zoom <= width;
  // On a phone six columns in smaller text say more than half of them.
  const zoom = asked === 1 && !fits(1) && fits(smallest) ? smallest : asked;
  const gutter = least.gutter * zoom;
  const fitting = (width - gutter) / count;
  const narrowest = fitting >= closest * zoom ? fitting : least.spacing * zoom;
  const spacing = Math.max(narrowest, Math.min(mostSpacing * zoom, fitting));
  const all = Math.max(width, Math.ceil(gutter + spacing * count));
  // Alone with the broker there is no use in standing at the edge of a wide panel.
  const first = gutter + Math.max(0, all - gutter - spacing * count) / 2 + spacing / 2;
  const x = new Map<string, number>();
  left.forEach(({ key }, i) => x.set(key, Math.round(first + i * spacing)));
  const broker = Math.round(first + left.length * spacing);
  right.forEach(({ key }, i) => x.set(key, Math.round(first + (left.length + 1 + i) * spacing)));
  return {
    width: all,
    zoom,
    fontSize: 12 * zoom,
    rowHeight: Math.round(40 * zoom),
    gutter,
    spacing,
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

/** The text, or as many whole words of it as fit, at least two; else as `clip`. */
export function clipWords(text: string, em: number): string {
  if (widthOf(text) <= em) return text;
  const words = text.split(' ');
  while (words.length > 2) {
    words.pop();
    const short = words.join(' ');
    // “id” says nothing without its number.
    if (widthOf(short) <= em && !short.endsWith(' id')) return short;
  }
  return clip(text, em);
}

/** Between a label's paper and the life lines. */
const gap = 6;

/** The room for the label of an arrow: what is between the life lines at its ends. */
export function labelRoom(layout: WireLayout, from: number, to: number): { x: number; em: number } {
  const em = (Math.abs(to - from) - 2 * gap * layout.zoom) / layout.fontSize;
  return { x: (from + to) / 2, em };
}

/** The room for a note beside a life line, up to the next one: on the side that has more of it. */
export function noteRoom(layout: WireLayout, x: number): { side: 1 | -1; em: number } {
  const { width, gutter, broker, zoom, fontSize } = layout;
  const others = [gutter, ...layout.x.values(), broker, width];
  const right = Math.min(...others.filter((each) => each > x)) - x;
  const left = x - Math.max(...others.filter((each) => each < x));
  return { side: right >= left ? 1 : -1, em: (Math.max(left, right) - 3 * gap * zoom) / fontSize };
}

/**
 * A text in at most two lines, broken between words, or between Chinese characters; what is too long is
 * shortened.
 */
export function twoLines(text: string, em: number, widthOfText = widthOf): string[] {
  const clipTo = (line: string) =>
    clip(line, (em * widthOf(line)) / Math.max(1e-6, widthOfText(line)));
  if (widthOfText(text) <= em) return [text];
  // Nothing ends with an opening bracket.
  const parts = text.split(/(?<=[ \u2e80-\u9fff\uff00-\uffef])(?<![（「『])/);
  let count = parts.length;
  while (count > 1 && widthOfText(parts.slice(0, count).join('').trimEnd()) > em) count -= 1;
  const lines = [parts.slice(0, count).join('').trimEnd(), parts.slice(count).join('')];
  return lines.filter((line) => line !== '').map(clipTo);
}

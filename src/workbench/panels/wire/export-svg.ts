/** The diagram as one SVG file that needs nothing else. Pure: the colours are given. */
import { drawRow, type RowDrawing } from './draw.ts';
import { clip, type WireLayout } from './layout.ts';
import { escaped, label, shape, svgText, type Shape } from './shapes.ts';

export interface Head {
  /** Column key; '' is the broker. */
  column: string;
  name: string;
  role: 'publisher' | 'subscriber' | 'both' | 'client' | 'broker';
}
export interface SvgPicture {
  layout: WireLayout;
  heads: Head[];
  rows: { drawing: RowDrawing; time: string; sentence: string }[];
  title: string;
  /** A line above the first row: what is not in the picture. */
  note?: string;
  /** For a picture that stands alone; on a page that has diagram.css the tokens are the page's. */
  style?: SvgStyle;
}
export interface SvgStyle {
  /** Style sheet of the drawing, its `var(--token)` still in it, and each token's value. */
  css: string;
  token(name: string): string;
}

const headHeight = 34;

export function svgPicture({ layout, heads, rows, title, note, style }: SvgPicture): string {
  const { width, rowHeight, zoom, fontSize } = layout;
  const top = headHeight * zoom + (note ? 24 * zoom : 0);
  const height = Math.ceil(top + rows.length * rowHeight + 8);
  const shapes: Shape[] = [
    ...(style ? [shape('rect', { width, height, class: 'paper' })] : []),
    ...heads.map((head) => headShape(head, layout)),
    ...(note
      ? [label({ class: 'note-text', x: 4, y: top - 8 * zoom, 'font-size': fontSize }, note)]
      : []),
    ...rows.map(({ drawing, time, sentence }, i) =>
      shape(
        'g',
        { transform: `translate(0 ${top + i * rowHeight})` },
        { tag: 'title', attributes: {}, text: sentence },
        label(
          {
            class: 'detail',
            x: layout.gutter - 10 * zoom,
            y: rowHeight / 2 + 4 * zoom,
            'text-anchor': 'end',
            'font-size': fontSize,
          },
          time,
        ),
        ...drawRow(drawing, layout),
      ),
    ),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="wire-diagram" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    ...(style ? [styleElement(style)] : []),
    ...shapes.map(svgText),
    '</svg>\n',
  ].join('\n');
}

function headShape({ column, name, role }: Head, layout: WireLayout): Shape {
  const { zoom, fontSize, spacing, broker } = layout;
  const x = column === '' ? broker : (layout.x.get(column) ?? broker);
  const text = clip(name, (spacing - 20 * zoom) / fontSize);
  return shape('g', { class: `role-${role}` }, markShape(role, x, 8 * zoom, zoom), {
    tag: 'text',
    attributes: {
      class: 'head-name',
      x,
      y: 26 * zoom,
      'text-anchor': 'middle',
      'font-size': fontSize,
      fill: 'currentColor',
    },
    text,
  });
}

/** Disc, square, diamond: colour never stands alone. */
function markShape(role: Head['role'], x: number, y: number, zoom: number): Shape {
  const r = 5 * zoom;
  if (role === 'broker')
    return shape('rect', { class: 'head', x: x - r, y: y - r, width: 2 * r, height: 2 * r });
  if (role === 'subscriber')
    return shape('path', { class: 'head', d: `M${x} ${y - r}l${r} ${r}l${-r} ${r}l${-r} ${-r}z` });
  const filled = role === 'publisher' || role === 'both';
  return shape('circle', {
    cx: x,
    cy: y,
    r,
    fill: filled ? 'currentColor' : 'none',
    stroke: 'currentColor',
  });
}

function styleElement({ css, token }: SvgStyle): string {
  const text = `${css.replace(/\/\*[\s\S]*?\*\//g, '')}\n.wire-diagram .paper { fill: var(--paper); }`;
  return `<style>${resolved(text, token).replace(/[<&]/g, '')}</style>`;
}

/** Programs that draw SVG outside a browser know no variables: each becomes its value. */
function resolved(css: string, token: (name: string) => string): string {
  let text = css;
  // A value may be a variable itself; `var(--a, var(--b))` is resolved from the inside.
  for (let i = 0; i < 4 && text.includes('var('); i += 1) {
    text = text.replace(
      /var\((--[\w-]+)(?:,\s*([^()]*))?\)/g,
      (_, name: string, other?: string) => token(name) || other || 'inherit',
    );
  }
  return text.replace(/\s+/g, ' ').trim();
}

/** One row of the diagram as shapes: life lines, brackets of exchanges, and the row's arrow or note. */
import type { Arrow, Note, Picture } from './picture.ts';
import {
  clip,
  clipStart,
  clipWords,
  labelRoom,
  noteRoom,
  twoLines,
  type WireLayout,
  widthOf,
} from './layout.ts';
import { label, shape, type Shape } from './shapes.ts';

/** broker: of a broker, which is always there. */
export type LifelineState = 'none' | 'open' | 'frozen' | 'broker';
export interface RowDrawing {
  picture: Picture;
  lives: { column: string; before: LifelineState; after: LifelineState }[];
  /** An exchange is open beside its client's life line. */
  brackets: {
    column: string;
    lane: number;
    part: 'start' | 'through' | 'end';
    role: string;
    chosen: boolean;
  }[];
  /** Part of the exchange that is looked at. */
  chosen: boolean;
}

/** More exchanges of one client at a time than these are not drawn, only counted in words. */
const mostLanes = 4;

export function drawRow(row: RowDrawing, layout: WireLayout): Shape[] {
  const middle = arrowY(layout);
  return [
    ...row.lives.flatMap((life) => drawLife(life, layout, middle)),
    ...drawLife({ column: '', before: 'broker', after: 'broker' }, layout, middle),
    ...row.brackets.flatMap((bracket) => drawBracket(bracket, layout, middle)),
    row.picture.type === 'arrow'
      ? drawArrow(row.picture, layout, row.chosen)
      : drawNote(row.picture, layout),
  ];
}

/** The arrow is between the two lines of its label. */
const arrowY = ({ rowHeight }: WireLayout): number => rowHeight / 2;

const xOf = (layout: WireLayout, column: string): number =>
  column === '' ? layout.broker : (layout.x.get(column) ?? layout.broker);

function drawLife(life: RowDrawing['lives'][number], layout: WireLayout, middle: number): Shape[] {
  const x = xOf(layout, life.column);
  const part = (state: LifelineState, y1: number, y2: number) =>
    shape('line', {
      class: `life life-${state}`,
      x1: x,
      y1,
      x2: x,
      y2,
    });
  if (life.before === life.after) return [part(life.after, 0, layout.rowHeight)];
  return [part(life.before, 0, middle), part(life.after, middle, layout.rowHeight)];
}

function drawBracket(
  bracket: RowDrawing['brackets'][number],
  layout: WireLayout,
  middle: number,
): Shape[] {
  if (bracket.lane >= mostLanes) return [];
  const { zoom, rowHeight } = layout;
  const at = xOf(layout, bracket.column);
  // On the side away from the broker, so that no arrow of its own crosses it.
  const away = at < layout.broker ? -1 : 1;
  const x = at + away * (8 + bracket.lane * 6) * zoom;
  const end = at + away * 3 * zoom;
  const d = {
    start: `M${end} ${middle}H${x}V${rowHeight}`,
    through: `M${x} 0V${rowHeight}`,
    end: `M${x} 0V${middle}H${end}`,
  }[bracket.part];
  return [
    shape('path', { class: `bracket role-${bracket.role}${bracket.chosen ? ' chosen' : ''}`, d }),
  ];
}

function drawArrow(arrow: Arrow, layout: WireLayout, chosen: boolean): Shape {
  const y = arrowY(layout);
  const { zoom } = layout;
  const client = xOf(layout, arrow.column);
  const broker = xOf(layout, arrow.broker);
  const [from, to] = arrow.toBroker ? [client, broker] : [broker, client];
  const step = Math.sign(to - from) || 1;
  const stopped = arrow.way === 'lost' || arrow.way === 'held';
  const tip = stopped
    ? from + (to - from) * 0.62
    : to - step * (arrow.way === 'refused' ? 6 : 1) * zoom;
  // A late packet arrives lower than it left.
  const drop = arrow.way === 'delayed' ? 5 * zoom : 0;
  const start = from + step * 2;
  const head = (x: number, at: number): Shape =>
    shape('path', {
      class: 'head',
      d: `M${x} ${at}l${-step * 8 * zoom} ${-4.5 * zoom}v${9 * zoom}z`,
    });
  const line = (by: number): Shape =>
    shape('line', {
      class: 'shaft',
      x1: start,
      y1: y - drop + by,
      x2: tip - (stopped ? 0 : step * 5 * zoom),
      y2: y + drop + by,
    });
  const parts: Shape[] =
    arrow.way === 'twice'
      ? [line(-2.5 * zoom), line(2.5 * zoom), head(tip, y), head(tip - step * 7 * zoom, y)]
      : [line(0), ...(stopped || arrow.way === 'refused' ? [] : [head(tip, y + drop)])];
  if (arrow.way === 'lost') parts.push(cross(tip, y, zoom));
  if (arrow.way === 'held') parts.push(bars(tip + step * 4 * zoom, y, zoom));
  if (arrow.way === 'refused') parts.push(cross(to - step * 3 * zoom, y, zoom));
  return shape(
    'g',
    {
      class: `arrow role-${arrow.role} way-${arrow.way} tone-${arrow.tone}${chosen ? ' chosen' : ''}`,
    },
    shape('g', { class: `way ${step > 0 ? 'way-right' : 'way-left'}` }, ...parts),
    ...drawLabel(arrow, layout, labelRoom(layout, from, to)),
  );
}

/**
 * Two lines: the kind and its details above the arrow, what befell it and its topic below. Neither is
 * longer than the arrow: what is too long is shortened.
 */
function drawLabel(arrow: Arrow, layout: WireLayout, room: { x: number; em: number }): Shape[] {
  const { fontSize } = layout;
  const y = arrowY(layout);
  const x = Math.round(room.x);
  const line = (at: number, parts: [name: string, text: string][]): Shape[] => {
    const spans = parts
      .filter(([, text]) => text !== '')
      .map(([name, text], i): Shape => ({
        tag: 'tspan',
        attributes: { class: name },
        text: i > 0 ? ` ${text}` : text,
      }));
    const attributes = {
      class: 'label',
      x,
      y: Math.round(at),
      'text-anchor': 'middle',
      'font-size': fontSize,
    };
    if (spans.length === 0) return [];
    const em = spans.reduce((sum, { text = '' }) => sum + widthOf(text), 0);
    return [paper(layout, x, at, em, 0.5), shape('text', attributes, ...spans)];
  };
  const left = (taken: string): number => room.em - (taken ? widthOf(taken) + 0.602 : 0);
  const kind = clip(arrow.kind, room.em);
  const isRoomy = left(kind) >= Math.min(leastDetail, widthOf(arrow.detail));
  const detail = isRoomy ? clipWords(arrow.detail, left(kind)) : '';
  const mark = clip(arrow.mark, room.em);
  const topic = left(mark) >= leastDetail ? clipStart(arrow.topic, left(mark)) : '';
  const alone = isRoomy || mark || topic ? '' : clip(arrow.detail, room.em);
  return [
    ...line(y - fontSize * 0.62, [
      ['kind', kind],
      ['detail', detail],
    ]),
    ...line(y + fontSize * 1.24, [
      ['mark', mark],
      ['detail', topic],
      ['detail', alone],
    ]),
  ];
}
/** In em: less of a text says nothing. */
const leastDetail = 3;

/**
 * What a label stands on, so that no life line runs through it: from `x`, of which `before` (0 to 1)
 * of its width is left, and close to the text's own height, because the arrow is near.
 */
function paper({ fontSize }: WireLayout, x: number, y: number, em: number, before: number): Shape {
  const width = (em + 0.5) * fontSize;
  return shape('rect', {
    class: 'label-paper',
    x: round(x - width * before),
    y: round(y - 0.85 * fontSize),
    width: round(width),
    height: round(1.07 * fontSize),
  });
}
const round = (value: number): number => Math.round(value * 10) / 10;

/** Of the text typeface, whose letters are narrower than the code's: on average, in English. */
const noteWidth = (text: string): number => widthOf(text) * 0.85;

function drawNote(note: Note, layout: WireLayout): Shape {
  const y = arrowY(layout);
  const { zoom, fontSize } = layout;
  const x = note.column === undefined ? layout.gutter + 8 * zoom : xOf(layout, note.column);
  const { side, em } = noteRoom(layout, x);
  const at = x + side * 10 * zoom;
  const lines = twoLines(note.text, Math.max(4, em), noteWidth);
  const base = y + fontSize * (lines.length > 1 ? -0.2 : 0.35);
  const signs: Record<Note['sign'], Shape> = {
    opened: shape('circle', { class: 'sign', cx: x, cy: y, r: 4 * zoom }),
    closed: shape('path', { class: 'sign', d: `M${x - 6 * zoom} ${y}h${12 * zoom}` }),
    cut: cross(x, y, zoom),
    fault: cross(x, y, zoom),
    refused: bars(x, y, zoom),
  };
  return shape(
    'g',
    { class: `note tone-${note.tone} sign-${note.sign}` },
    ...lines.flatMap((text, i) => {
      const bottom = base + i * fontSize * 1.15;
      return [
        paper(layout, at, bottom, noteWidth(text), side > 0 ? 0 : 1),
        label(
          {
            class: 'note-text',
            x: at,
            y: bottom,
            'text-anchor': side > 0 ? 'start' : 'end',
            'font-size': fontSize,
          },
          text,
        ),
      ];
    }),
    signs[note.sign],
  );
}

const cross = (x: number, y: number, zoom: number): Shape => {
  const r = 5 * zoom;
  return shape('path', {
    class: 'sign-cross',
    d: `M${x - r} ${y - r}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}`,
  });
};
const bars = (x: number, y: number, zoom: number): Shape =>
  shape('path', {
    class: 'sign-cross',
    d: `M${x - 2 * zoom} ${y - 6 * zoom}v${12 * zoom}m${4 * zoom} ${-12 * zoom}v${12 * zoom}`,
  });

/**
 * A captured exchange as a figure of a lesson: SVG text, made when the page is built. The page needs
 * diagram.css; colours are then its theme's. Pure.
 */
import type { TraceEntry } from '../../../../sandbox/protocol/trace.ts';
import type { Words } from '../../i18n/words.ts';
import { secondsOf } from '../../trace/packet-rows.ts';
import { sentenceOf } from './describe.ts';
import { svgPicture } from './export-svg.ts';
import { everything, type WireFilter } from './filter.ts';
import { headsOf } from './heads.ts';
import { layoutOf } from './layout.ts';
import { rowDrawing } from './row-drawing.ts';
import { WireView } from './wire-view.ts';

export interface FigureOptions extends Partial<WireFilter> {
  /** Pixels; 560 is a lesson's column. */
  width: number;
  /** What the figure is, for those who can't see it. */
  title: string;
}

/** `words`: the areas workbench, wire and wire-panel. Shows what the filter lets through. */
export function wireFigure(
  entries: readonly TraceEntry[],
  words: Words,
  { width, title, ...filter }: FigureOptions,
): string {
  const view = new WireView();
  view.setFilter({ ...everything, ...filter });
  view.sync({ generation: 1, entries, entriesLeftOut: 0 });
  const { columns, trace } = view;
  const side = (of: 'left' | 'right') => columns.filter((column) => column.side === of);
  return svgPicture({
    layout: layoutOf(side('left'), side('right'), { width, zoom: 1 }),
    heads: headsOf(columns, trace.columns, words),
    rows: view.shown.map((row) => ({
      drawing: rowDrawing(row, trace, columns, words),
      time: secondsOf(row.at),
      sentence: sentenceOf(row, trace, words),
    })),
    title,
  });
}

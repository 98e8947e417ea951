/** A row in the page: a sentence for the ear, the drawing for the eye. */
import type { Words } from '../../i18n/words.ts';
import { h } from '../../ui/dom.ts';
import { secondsOf } from '../../trace/packet-rows.ts';
import { sentenceOf } from './describe.ts';
import { drawRow } from './draw.ts';
import type { Exchange } from './exchanges.ts';
import type { WireLayout } from './layout.ts';
import { rowDrawing } from './row-drawing.ts';
import { svgElement } from './shapes.ts';
import type { WireView } from './wire-view.ts';

export interface RowElementOptions {
  view: WireView;
  words: Words;
  layout: WireLayout;
  /** The exchange that is looked at. */
  exchange: Exchange | undefined;
  /** It is drawn before the reader's eyes. */
  isNew: boolean;
}

export function rowElement(index: number, options: RowElementOptions): HTMLElement {
  const { view, words, layout, exchange, isNew } = options;
  const row = view.shown[index]!;
  const drawing = rowDrawing(row, view.trace, view.columns, words, exchange);
  const element = h(
    'div',
    {
      class: `wb-wire-row${isNew ? ' wb-wire-new' : ''}`,
      'data-n': row.n,
      'data-tone': drawing.picture.tone,
    },
    h('span', { class: 'wb-spoken' }, sentenceOf(row, view.trace, words)),
    h('span', { class: 'wb-wire-time', 'aria-hidden': 'true' }, secondsOf(row.at)),
  );
  const { width, rowHeight: height } = layout;
  element.append(
    svgElement(drawRow(drawing, layout), {
      class: 'wire-diagram',
      width,
      height,
      'aria-hidden': 'true',
    }),
  );
  return element;
}

/** A row in the page: a sentence for the ear, the drawing for the eye. */
import type { Words } from '../../i18n/words.ts';
import { secondsOf } from '../../trace/packet-rows.ts';
import { listRow, type RowAttributes } from '../../ui/row-attributes.ts';
import { html, type TemplateResult } from '../../ui/view.ts';
import { sentenceOf } from './describe.ts';
import { drawRow } from './draw.ts';
import type { Exchange } from './exchanges.ts';
import type { WireLayout } from './layout.ts';
import { rowDrawing } from './row-drawing.ts';
import { svgElement } from './shapes.ts';
import type { WireRow } from './wire-rows.ts';
import type { WireView } from './wire-view.ts';

export interface RowOptions {
  view: WireView;
  words: Words;
  layout: WireLayout;
  /** The exchange that is looked at. */
  exchange: Exchange | undefined;
  /** It is drawn before the reader's eyes. */
  isNew: boolean;
  /** The last of all: where the eye finds what happens now. */
  isNewest: boolean;
}

export function rowView(
  row: WireRow,
  attributes: RowAttributes,
  { view, words, layout, exchange, isNew, isNewest }: RowOptions,
): TemplateResult {
  const drawing = rowDrawing(row, view.trace, view.columns, words, exchange);
  const size = { width: layout.width, height: layout.rowHeight };
  const svg = { class: 'wire-diagram', ...size, 'aria-hidden': 'true' };
  return html`<div
    ${listRow(attributes)}
    class="wb-wire-row ${isNew ? 'wb-wire-new' : ''} ${isNewest ? 'wb-wire-newest' : ''}"
    data-n=${row.n}
    data-tone=${drawing.picture.tone}
  >
    <span class="wb-spoken">${sentenceOf(row, view.trace, words)}</span>
    <span class="wb-wire-time" aria-hidden="true">${secondsOf(row.at)}</span>
    ${svgElement(drawRow(drawing, layout), svg)}
  </div>`;
}

/** The diagram as a file: what the reader sees now, as a picture or as data. */
import type { Words } from '../../i18n/words.ts';
import { secondsOf } from '../../trace/packet-rows.ts';
import { saveFile } from '../../ui/save-file.ts';
import { nameOfLine, sentenceOf } from './describe.ts';
import diagramCss from './diagram.css?raw';
import { exportedTrace } from './export-json.ts';
import { svgPicture } from './export-svg.ts';
import { headsOf } from './heads.ts';
import type { WireLayout } from './layout.ts';
import { rowDrawing } from './row-drawing.ts';
import type { WireRow } from './wire-rows.ts';
import type { WireView } from './wire-view.ts';

/** A picture with more rows than these opens nowhere. */
const mostRows = 2_000;

export function saveSvg(
  rows: readonly WireRow[],
  {
    view,
    layout,
    words,
    element,
  }: { view: WireView; layout: WireLayout; words: Words; element: Element },
): void {
  const style = getComputedStyle(element);
  const shown = rows.slice(-mostRows);
  const missing = rows.length - shown.length;
  const text = svgPicture({
    layout,
    heads: headsOf(view.columns, view.trace.columns, words),
    rows: shown.map((row) => ({
      drawing: rowDrawing(row, view.trace, view.columns, words),
      time: secondsOf(row.at),
      sentence: sentenceOf(row, view.trace, words),
    })),
    title: words('wire-panel.svg.title'),
    ...(missing > 0 && { note: words('wire-panel.svg.left-out', { count: missing }) }),
    style: { css: diagramCss, token: (name) => style.getPropertyValue(name).trim() },
  });
  saveFile('wire.svg', 'image/svg+xml', text);
}

export function saveJson(rows: readonly WireRow[], view: WireView, words: Words): void {
  const trace = exportedTrace(rows, (line) => nameOfLine(line, view.trace.columns, words));
  saveFile('wire.json', 'application/json', JSON.stringify(trace, null, 1));
}

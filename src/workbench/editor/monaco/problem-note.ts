/** A problem at a line of the shown file, written below that line in full length. */
import type { editor } from 'monaco-editor/editor/editor.api.js';

/** Characters of a message that are shown: more is for the output, which has all of it. */
const MOST = 300;

export interface ProblemNote {
  /** The note's first line, as text; the one before goes. */
  show(line: number, message: string): void;
  clear(): void;
}

/**
 * A separate zone, because text that Monaco injects into a line doesn't wrap, and a message is
 * longer than the rest of a line.
 */
export function problemNote(view: editor.ICodeEditor): ProblemNote {
  const marked = view.createDecorationsCollection();
  let remove = (): void => {};

  function show(line: number, message: string): void {
    clear();
    marked.set([
      {
        range: { startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: 1 },
        options: { isWholeLine: true, className: 'retained-problem-line' },
      },
    ]);
    const text = document.createElement('div');
    text.className = 'retained-problem-note';
    text.textContent = `▴ ${shortened(message.split('\n')[0] ?? '')}`;
    const domNode = document.createElement('div');
    domNode.className = 'retained-problem-line';
    const zone: editor.IViewZone = {
      afterLineNumber: line,
      heightInPx: fit(view, text),
      domNode,
      // A click on it leaves the keys with the editor.
      suppressMouseDown: true,
    };
    domNode.append(text);
    let id = '';
    view.changeViewZones((zones) => (id = zones.addZone(zone)));
    const resized = view.onDidLayoutChange(() => {
      zone.heightInPx = fit(view, text);
      domNode.append(text);
      view.changeViewZones((zones) => zones.layoutZone(id));
    });
    // Lines scroll sideways, the note does not.
    const place = () => (text.style.marginInlineStart = `${view.getScrollLeft()}px`);
    const scrolled = view.onDidScrollChange(place);
    place();
    remove = () => {
      resized.dispose();
      scrolled.dispose();
      view.changeViewZones((zones) => zones.removeZone(id));
    };
    reveal(view, line, zone.heightInPx ?? 0);
  }

  function clear(): void {
    marked.clear();
    remove();
    remove = () => {};
  }
  return { show, clear };
}

const shortened = (text: string): string =>
  text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text;

/** As wide as the lines are; how high it is then, in pixels: a zone doesn't find that out itself. */
function fit(view: editor.ICodeEditor, text: HTMLElement): number {
  const { contentWidth, verticalScrollbarWidth } = view.getLayoutInfo();
  text.style.width = `${contentWidth - verticalScrollbarWidth}px`;
  view.getDomNode()?.append(text);
  const { offsetHeight } = text;
  text.remove();
  return offsetHeight;
}

/** The line is in sight already: its note must be so too. */
function reveal(view: editor.ICodeEditor, line: number, height: number): void {
  const end = view.getBottomForLineNumber(line) + height;
  const below = end - (view.getScrollTop() + view.getLayoutInfo().height);
  if (below > 0) view.setScrollTop(view.getScrollTop() + below);
}

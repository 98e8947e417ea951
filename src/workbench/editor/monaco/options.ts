import type { editor } from 'monaco-editor/editor/editor.api.js';
import { fontFamily, METRICS } from '../metrics.ts';

/** Options of a simple editor: the text, its line numbers and its problems. */
export function monacoOptions(): editor.IStandaloneEditorConstructionOptions {
  return {
    model: null,
    fontFamily: fontFamily(),
    fontSize: METRICS.fontSize,
    lineHeight: METRICS.lineHeight,
    fontLigatures: false,
    padding: { top: METRICS.paddingTop, bottom: METRICS.paddingBottom },
    lineNumbersMinChars: METRICS.lineNumberChars,
    lineDecorationsWidth: METRICS.lineDecorationsWidth,
    glyphMargin: false,
    folding: false,
    minimap: { enabled: false },
    guides: { indentation: false },
    renderLineHighlight: 'none',
    renderWhitespace: 'selection',
    overviewRulerLanes: 0,
    overviewRulerBorder: false,
    hideCursorInOverviewRuler: true,
    stickyScroll: { enabled: false },
    scrollBeyondLastLine: false,
    scrollBeyondLastColumn: 2,
    // The page scrolls on if the editor has nothing more to scroll.
    scrollbar: {
      alwaysConsumeMouseWheel: false,
      useShadows: false,
      verticalScrollbarSize: 10,
      horizontalScrollbarSize: 10,
    },
    wordBasedSuggestions: 'off',
    occurrencesHighlight: 'off',
    selectionHighlight: false,
    unicodeHighlight: {
      ambiguousCharacters: false,
      invisibleCharacters: true,
      nonBasicASCII: false,
    },
    links: false,
    lightbulb: { enabled: 'off' as never },
    bracketPairColorization: { enabled: false },
    suggest: { showWords: false, preview: false },
    tabSize: METRICS.tabSize,
    fixedOverflowWidgets: true,
    automaticLayout: true,
    contextmenu: true,
    dragAndDrop: false,
    'semanticHighlighting.enabled': false,
  };
}

/** The editor where Monaco serves badly: a text area with the device's own keyboard, selection and menus. */
import type { CompileWorker } from '../compile/compile-worker.ts';
import { words } from '../device/runtime/words.ts';
import type { CodeEditor, EditorFile, EditorOptions } from './editor.ts';
import { fontFamily, METRICS } from './metrics.ts';

export function createPlainEditor(
  container: HTMLElement,
  { language, files, compiler }: EditorOptions & { compiler: CompileWorker },
): CodeEditor {
  const say = words(language);
  const area = document.createElement('textarea');
  const note = document.createElement('p');
  note.setAttribute('role', 'status');
  note.hidden = true;
  note.className = 'plain-editor-note';
  area.className = 'plain-editor';
  area.spellcheck = false;
  area.autocapitalize = 'off';
  area.setAttribute('autocomplete', 'off');
  area.setAttribute('autocorrect', 'off');
  area.wrap = 'off';
  Object.assign(area.style, {
    boxSizing: 'border-box',
    width: '100%',
    height: '100%',
    margin: '0',
    border: '0',
    resize: 'none',
    // Below 16 px a phone's browser zooms into the field.
    fontSize: '16px',
    fontFamily: fontFamily(),
    lineHeight: `${METRICS.lineHeight}px`,
    padding: `${METRICS.paddingTop}px ${METRICS.lineDecorationsWidth}px`,
    tabSize: String(METRICS.tabSize),
    background: 'var(--code-paper, Canvas)',
    color: 'var(--code-ink, CanvasText)',
  });
  container.append(area, note);

  const texts = new Map<string, string>();
  const places = new Map<string, [number, number]>();
  const listeners = new Set<(name: string, text: string) => void>();
  let shown = '';

  area.oninput = () => {
    texts.set(shown, area.value);
    note.hidden = true;
    area.removeAttribute('aria-invalid');
    for (const listener of listeners) listener(shown, area.value);
  };
  area.onkeydown = (event) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    // The next line begins where this one did.
    const indent = /^[ \t]*/.exec(
      area.value.slice(area.value.lastIndexOf('\n', area.selectionStart - 1) + 1),
    )?.[0];
    if (!indent) return;
    event.preventDefault();
    area.setRangeText(`\n${indent}`, area.selectionStart, area.selectionEnd, 'end');
    area.dispatchEvent(new Event('input'));
  };

  function textOf(name: string): string {
    const text = texts.get(name);
    if (text === undefined) throw new Error(`no file ${name}`);
    return text;
  }
  function show(name: string): void {
    const text = textOf(name);
    if (name === shown && area.value === text) return;
    if (texts.has(shown)) places.set(shown, [area.selectionStart, area.scrollTop]);
    shown = name;
    area.value = text;
    const [caret, scroll] = places.get(name) ?? [0, 0];
    area.setSelectionRange(caret, caret);
    area.scrollTop = scroll;
    area.setAttribute('aria-label', say('editor.plainLabel', { file: name }));
    note.hidden = true;
  }
  function setFiles(next: EditorFile[]): void {
    texts.clear();
    for (const { name, text } of next) texts.set(name, text);
    const [first] = next;
    if (first) show(texts.has(shown) ? shown : first.name);
  }
  function revealProblem(file: string, line: number, column: number, message: string): void {
    show(file);
    const lines = area.value.split('\n');
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    const end = start + (lines[line - 1]?.length ?? 0);
    area.setSelectionRange(Math.min(start + column - 1, end), end);
    area.scrollTop = Math.max(0, (line - 3) * METRICS.lineHeight);
    area.setAttribute('aria-invalid', 'true');
    note.textContent = `${file}:${line}:${column} ${message}`;
    note.hidden = false;
  }

  setFiles(files);
  void compiler.warm().catch(() => {});
  return {
    setFiles,
    show,
    text: textOf,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    setProblems(problems) {
      const [first] = problems;
      if (first) revealProblem(first.file, first.line, first.column, first.message);
      else {
        note.hidden = true;
        area.removeAttribute('aria-invalid');
      }
    },
    revealProblem,
    compile: (name) => compiler.compile(name, textOf(name)),
    focus: () => area.focus(),
    // Its colours are the page's own custom properties.
    setTheme() {},
    setReadOnly: (readOnly) => (area.readOnly = readOnly),
    dispose() {
      compiler.dispose();
      listeners.clear();
      area.remove();
      note.remove();
    },
  };
}

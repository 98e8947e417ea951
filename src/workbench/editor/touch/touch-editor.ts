/**
 * CodeMirror as a `CodeEditor`: native selection and the phone's keyboard, which Monaco supports
 * badly.
 */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { Compartment, EditorState, type Line, Transaction } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import type { CompileWorker } from '../../compile/compile-worker.ts';
import type { CompileProblem } from '../../compile/compiled.ts';
import { words } from '../../device/runtime/words.ts';
import type { CodeEditor, EditorFile, EditorOptions } from '../../run/code-editor.ts';
import { METRICS } from '../metrics.ts';
import { look } from './look.ts';
import { type LineNote, problemNote, setNote } from './problem-note.ts';

/** CSS pixels: the bar with Run and the row of signs lie over the end of the text. */
const barsBelow = 120;

export function createTouchEditor(
  container: HTMLElement,
  { language, files, compiler }: EditorOptions & { compiler: CompileWorker },
): CodeEditor {
  const t = words(language);
  const states = new Map<string, EditorState>();
  const listeners = new Set<(name: string, text: string) => void>();
  const readOnly = new Compartment();
  let isReadOnly = false;
  let shown = '';
  let problems: readonly CompileProblem[] = [];
  /** Files in which somebody has placed the caret. */
  const wasPlaced = new Set<string>();

  const view = new EditorView({ parent: container });

  function stateOf({ name, text }: EditorFile): EditorState {
    return EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        indentOnInput(),
        indentUnit.of(' '.repeat(METRICS.tabSize)),
        bracketMatching(),
        name.endsWith('.ts') ? javascript({ typescript: true }) : [],
        problemNote(),
        look(),
        EditorView.lineWrapping,
        EditorView.scrollMargins.of(() => ({ bottom: barsBelow })),
        EditorView.domEventHandlers({ focus: () => void wasPlaced.add(name) }),
        EditorView.contentAttributes.of({
          'aria-label': t('editor.plainLabel', { file: name }),
          autocapitalize: 'off',
          autocorrect: 'off',
          spellcheck: 'false',
          // It is focusable without; axe doesn't see that, and asks who can scroll it by keys.
          tabindex: '0',
        }),
        keymap.of([...defaultKeymap, ...historyKeymap]),
        readOnly.of(EditorState.readOnly.of(isReadOnly)),
        EditorView.updateListener.of(({ docChanged, state, transactions }) => {
          if (!docChanged || !transactions.some((each) => byPerson(each))) return;
          for (const listener of listeners) listener(name, state.doc.toString());
        }),
      ],
    });
  }

  function stateNow(name: string): EditorState {
    const state = name === shown ? view.state : states.get(name);
    if (!state) throw new Error(`no file ${name}`);
    return state;
  }
  function show(name: string): void {
    const state = stateNow(name);
    if (name === shown) return;
    if (states.has(shown)) states.set(shown, view.state);
    shown = name;
    view.setState(state);
    view.dispatch({ effects: readOnly.reconfigure(EditorState.readOnly.of(isReadOnly)) });
    if (problems.length > 0) markHere();
  }
  function setFiles(next: EditorFile[]): void {
    const before = shown;
    shown = '';
    states.clear();
    for (const file of next) states.set(file.name, stateOf(file));
    const [first] = next;
    if (first) show(states.has(before) ? before : first.name);
  }
  /** The first problem of the file that is shown: whoever writes in it keeps file and caret. */
  function markHere(): void {
    const here = problems.find(({ file }) => file === shown);
    view.dispatch({ effects: setNote.of(here ? noteOf(here.line, here.message) : null) });
  }
  const noteOf = (line: number, message: string): LineNote => ({
    line: Math.min(Math.max(1, line), view.state.doc.lines),
    text: message.split('\n')[0]?.slice(0, 300) ?? '',
  });
  function revealProblem(file: string, line: number, column: number, message: string): void {
    show(file);
    const { doc } = view.state;
    const at = doc.line(Math.min(Math.max(1, line), doc.lines));
    const anchor = Math.min(at.from + Math.max(0, column - 1), at.to);
    view.dispatch({
      selection: { anchor },
      effects: [
        setNote.of(noteOf(line, message)),
        EditorView.scrollIntoView(anchor, { y: 'center' }),
      ],
    });
  }

  function insertLines(file: string, text: string): void {
    show(file);
    const { state } = view;
    const at = lineForSnippet(state, wasPlaced.has(file));
    const indent = /^\s*/.exec(at.text)![0];
    const lines = text
      .trim()
      .split('\n')
      .map((line) => indent + line);
    const insert = `\n${lines.join('\n')}`;
    view.dispatch({
      changes: { from: at.to, insert },
      selection: { anchor: at.to + insert.length },
      scrollIntoView: true,
    });
  }
  /** The keyboard on the screen comes after the caret. */
  const showCaret = () => {
    if (!view.hasFocus) return;
    view.dispatch({ effects: EditorView.scrollIntoView(view.state.selection.main.head) });
  };
  globalThis.visualViewport?.addEventListener('resize', showCaret);

  setFiles(files);
  void compiler.warm().catch(() => {});
  return {
    setFiles,
    show,
    text: (name) => stateNow(name).doc.toString(),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    setProblems(next) {
      problems = next;
      markHere();
    },
    revealProblem,
    insert(text) {
      view.dispatch(view.state.replaceSelection(text), { scrollIntoView: true });
    },
    insertLines,
    compile: (name) => compiler.compile(name, stateNow(name).doc.toString()),
    focus: () => view.focus(),
    // Its colours are the page's own custom properties.
    setTheme() {},
    setReadOnly(next) {
      isReadOnly = next;
      view.dispatch({ effects: readOnly.reconfigure(EditorState.readOnly.of(next)) });
    },
    dispose() {
      compiler.dispose();
      listeners.clear();
      globalThis.visualViewport?.removeEventListener('resize', showCaret);
      view.destroy();
    },
  };
}

function lineForSnippet(state: EditorState, wasPlaced: boolean): Line {
  const { doc } = state;
  if (wasPlaced) return doc.lineAt(state.selection.main.head);
  for (let number = 1; number <= doc.lines; number += 1) {
    const line = doc.line(number);
    if (line.text.trimStart().startsWith('//')) return line;
  }
  return doc.line(doc.lines);
}

/** Typed, pasted, undone: everything except this file's own changes, which change no text. */
const byPerson = (transaction: Transaction): boolean =>
  transaction.docChanged && transaction.annotation(Transaction.addToHistory) !== false;

/** Monaco behind the seam. Bundled into `editor.js`, which pages load by URL when it is wanted. */
import './features.ts';
import './editor.css';
import { editor, MarkerSeverity, Uri } from 'monaco-editor/editor/editor.api.js';
import type { Compiled, CompileProblem } from '../../compile/compiled.ts';
import { CompileWorker } from '../../compile/compile-worker.ts';
import { orElse } from '../../compile/or-else.ts';
import { words } from '../../device/runtime/words.ts';
import type { CodeEditor, EditorFile, EditorOptions } from '../../run/code-editor.ts';
import type { VendorUrls } from '../vendor.ts';
import { compileSentences } from '../sentences.ts';
import { brokerLanguage, setUpBrokerFiles } from './broker-files.ts';
import { monacoOptions } from './options.ts';
import { problemNote } from './problem-note.ts';
import { applyTheme } from './theme.ts';
import {
  compilingWorker,
  giveUpTypes,
  onTypesGivenUp,
  setUpTypeScript,
  tryTypesAgain,
} from './typescript.ts';
import { watchWorker } from './watch-worker.ts';

const OWNER = 'retained';
let editors = 0;

export type CreateMonacoEditor = typeof createMonacoEditor;
type Model = editor.ITextModel;

/** Resolves when it can be typed into; TypeScript is still loading then, and `compile` waits for it. */
export function createMonacoEditor(
  container: HTMLElement,
  { language, theme, files, vendor }: EditorOptions & { vendor: VendorUrls },
): CodeEditor {
  if (editors++ === 0) setUp(vendor, language);
  const folder = `file:///editor-${editors}/`;
  const t = words(language);
  const sentences = compileSentences(language);
  applyTheme(theme, container);
  const labelOf = (name: string) => t('editor.label', { file: name });
  const view = editor.create(container, {
    ...monacoOptions(),
    theme: `retained-${theme}`,
    // With the first file's label: a changed option later computes all of them again.
    ...(files[0] && { ariaLabel: labelOf(files[0].name) }),
  });
  const models = new Map<string, Model>();
  const listeners = new Set<(name: string, text: string) => void>();
  const note = problemNote(view);
  const views = new Map<string, editor.ICodeEditorViewState | null>();
  let shown = '';
  let loading = false;
  let compiler: CompileWorker | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;

  function setFiles(next: EditorFile[]): void {
    loading = true;
    const names = new Set(next.map(({ name }) => name));
    for (const [name, model] of models) {
      if (names.has(name)) continue;
      model.dispose();
      models.delete(name);
      views.delete(name);
    }
    for (const { name, text } of next) {
      const model = models.get(name);
      if (model) model.setValue(text);
      else models.set(name, makeModel(name, text));
    }
    loading = false;
    note.clear();
    for (const model of models.values()) editor.setModelMarkers(model, OWNER, []);
    if (next[0])
      show(names.has(shown) && models.get(shown) === view.getModel() ? shown : next[0].name);
  }

  function makeModel(name: string, text: string): Model {
    const model = editor.createModel(
      text,
      languageOf(name),
      Uri.parse(folder + encodeURIComponent(name)),
    );
    model.updateOptions({
      tabSize: 2,
      insertSpaces: true,
      // The editor's own option comes too late for a model that exists.
      bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
    });
    model.onDidChangeContent(() => {
      // Problems of an older text are not shown for this one.
      editor.setModelMarkers(model, OWNER, []);
      if (view.getModel() === model) note.clear();
      clearTimeout(again);
      again = setTimeout(tryTypesAgain, 1_000);
      if (!loading) for (const listener of listeners) listener(name, model.getValue());
    });
    return model;
  }

  function modelOf(name: string): Model {
    const model = models.get(name);
    if (!model) throw new Error(`no file ${name}`);
    return model;
  }

  function show(name: string): void {
    const model = modelOf(name);
    if (view.getModel() !== model) {
      if (models.has(shown)) views.set(shown, view.saveViewState());
      note.clear();
      view.setModel(model);
      view.restoreViewState(views.get(name) ?? null);
    }
    shown = name;
    const ariaLabel = labelOf(name);
    if (view.getRawOptions().ariaLabel !== ariaLabel) view.updateOptions({ ariaLabel });
  }

  function mark(problems: CompileProblem[]): void {
    for (const [name, model] of models) {
      const own = problems.filter(({ file }) => file === name);
      editor.setModelMarkers(
        model,
        OWNER,
        own.map(({ line, column, message, severity }) => {
          const word = model.validatePosition({ lineNumber: line, column });
          // A broker's problem has a line, TypeScript's has a range.
          const end =
            (brokerLanguage(name) === undefined
              ? model.getWordAtPosition(word)?.endColumn
              : undefined) ?? model.getLineMaxColumn(word.lineNumber);
          return {
            severity: severity === 'warning' ? MarkerSeverity.Warning : MarkerSeverity.Error,
            message,
            startLineNumber: word.lineNumber,
            startColumn: word.column,
            endLineNumber: word.lineNumber,
            endColumn: Math.max(end, word.column + 1),
          };
        }),
      );
    }
  }

  function revealProblem(file: string, line: number, column: number, message: string): void {
    show(file);
    mark([{ file, line, column, message }]);
    const at = modelOf(file).validatePosition({ lineNumber: line, column });
    view.setPosition(at);
    view.revealLineInCenterIfOutsideViewport(at.lineNumber);
    note.show(at.lineNumber, message);
  }

  setFiles(files);
  const [first] = files;
  // The first file of a fresh compiler takes half a second: let it not be the learner's.
  if (first && languageOf(first.name) === 'typescript')
    void compileBeside(first.name).catch(() => {});

  /** In the worker that checks types; it responds between two checks. */
  async function compileBeside(name: string): Promise<Compiled> {
    const model = modelOf(name);
    const text = model.getValue();
    return (await compilingWorker(model.uri)).compile(name, text, sentences);
  }
  /** A Run does not wait for a check: after a second a separate compiler is used. */
  function compile(name: string): Promise<Compiled> {
    return orElse(
      compileBeside(name),
      () => {
        compiler ??= new CompileWorker(vendor.typescriptWorker, language, sentences);
        return compiler.compile(name, modelOf(name).getValue());
      },
      1_000,
    );
  }
  const stopHearing = onTypesGivenUp(() => void markWithoutTypes().catch(() => {}));
  /** Imports of unknown modules are found without types, too. */
  async function markWithoutTypes(): Promise<void> {
    const names = [...models.keys()].filter((name) => languageOf(name) === 'typescript');
    const compiled = await Promise.all(names.map((name) => compile(name)));
    mark(compiled.flatMap((one) => ('problems' in one ? one.problems : [])));
  }

  return {
    setFiles,
    show,
    text: (name) => modelOf(name).getValue(),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    setProblems: (problems) => {
      note.clear();
      mark(problems);
    },
    revealProblem,
    compile,
    focus: () => view.focus(),
    setTheme: (next) => applyTheme(next, container),
    setReadOnly: (readOnly) => view.updateOptions({ readOnly }),
    dispose() {
      clearTimeout(again);
      stopHearing();
      compiler?.dispose();
      view.dispose();
      for (const model of models.values()) model.dispose();
      listeners.clear();
    },
  };
}

function languageOf(name: string): string {
  if (name.endsWith('.ts')) return 'typescript';
  return brokerLanguage(name) ?? 'plaintext';
}

function setUp(vendor: VendorUrls, language: 'en' | 'zh-tw'): void {
  Object.assign(globalThis, {
    MonacoEnvironment: {
      getWorker(_module: string, label: string) {
        const isTypeScript = label === 'typescript';
        const worker = new Worker(isTypeScript ? vendor.typescriptWorker : vendor.editorWorker, {
          type: 'module',
          name: label,
        });
        return isTypeScript ? watchWorker(worker, giveUpTypes) : worker;
      },
    },
  });
  setUpTypeScript(language);
  setUpBrokerFiles();
}
